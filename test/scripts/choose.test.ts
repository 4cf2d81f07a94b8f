import assert from "node:assert/strict";
import { type Attempt, allowedWays, choose, Unavailable, type Way } from "../../scripts/engine/choose.ts";
import { UserError } from "../../scripts/userError.ts";

function open(way: Way, pulumi: string): Attempt {
	return { way, get: async () => ({ way, pulumi, version: "3.259.0" }) };
}

function closed(way: Way, reason: string): Attempt {
	return {
		way,
		get: async () => {
			throw new Unavailable(reason);
		},
	};
}

describe("choosing an engine", () => {
	it("takes the first that is there and does not begin the later ones", async () => {
		const begun: string[] = [];
		const later: Attempt = {
			way: "go",
			get: async () => {
				begun.push("go");
				return { way: "go", pulumi: "built", version: "3.259.0" };
			},
		};
		const chosen = await choose([closed("path", "none"), open("download", "downloaded"), later]);
		assert.equal(chosen.pulumi, "downloaded");
		assert.deepEqual(begun, []);
	});

	it("names each way and why it is not open when none is left", async () => {
		const attempts = [closed("path", "too old"), closed("download", "no connection"), closed("go", "no go")];
		await assert.rejects(choose(attempts), (error) => {
			assert.ok(error instanceof UserError);
			for (const text of ["too old", "no connection", "no go", "1.", "2.", "3.", "Go 1.26 or newer"]) {
				assert.ok(error.message.includes(text), `${text} is missing in: ${error.message}`);
			}
			return true;
		});
	});

	it("does not hide a defect behind the next way", async () => {
		const broken: Attempt = {
			way: "path",
			get: async () => {
				throw new TypeError("defect");
			},
		};
		await assert.rejects(choose([broken, open("go", "built")]), TypeError);
	});
});

describe("PULUMI_HEYGEN_ENGINE", () => {
	it("allows every way when it is not set", () => {
		assert.deepEqual(allowedWays(undefined), ["path", "download", "go"]);
		assert.deepEqual(allowedWays(" "), ["path", "download", "go"]);
	});

	it("keeps the order of the ways, whatever the order of its words", () => {
		assert.deepEqual(allowedWays("go, path"), ["path", "go"]);
	});

	it("refuses a word that is no way", () => {
		assert.throws(() => allowedWays("path,brew"), /"brew".*path, download, go/);
	});
});
