import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CLI, isNewEnough, OLDEST_CLI, OLDEST_GO } from "../../scripts/engine/versions.ts";

const root = dirname(dirname(import.meta.dirname));

describe("the version of a Pulumi CLI", () => {
	const newEnough = [
		"3.216.0",
		"v3.216.0",
		"3.216.1",
		"3.1000.0",
		"3.217.0-alpha.1",
		"v3.216.0+dirty",
		"v3.259.0\n",
	];
	for (const version of newEnough) {
		it(`takes ${JSON.stringify(version)} where 3.216.0 is needed`, () => {
			assert.equal(isNewEnough(version, "3.216.0"), true);
		});
	}

	const refused = ["3.215.9", "3.99.0", "2.999.0", "4.0.0", "3.216.0-alpha.1", "3.216", "", "not a version"];
	for (const version of refused) {
		it(`refuses ${JSON.stringify(version)} where 3.216.0 is needed`, () => {
			assert.equal(isNewEnough(version, "3.216.0"), false);
		});
	}

	it("names the Go that each module asks for, as the README does", async () => {
		const go = join(root, "scripts", "engine", "go");
		for (const folder of await readdir(go)) {
			const [, asked] = /^go (\S+)$/m.exec(await readFile(join(go, folder, "go.mod"), "utf8")) ?? [];
			assert.equal(asked, OLDEST_GO, folder);
		}
		assert.ok((await readFile(join(root, "README.md"), "utf8")).includes(`Go ${OLDEST_GO} or newer`));
	});

	it("takes the CLI that is built from Go modules", () => {
		assert.equal(isNewEnough(CLI.version, OLDEST_CLI), true);
	});
});
