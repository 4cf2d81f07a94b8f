import assert from "node:assert/strict";
import { dynamicProvider } from "../../../provider/host/dynamicProvider.ts";
import { createRun } from "../../../provider/host/run.ts";
import type { Lifecycle, Values } from "../../../provider/lifecycle.ts";

const KEY = "sk_V2_do-not-show-me";
const EVIL = `\u001b]0;title\u0007\u202eevil\u009b2J\u200f https://me:pw@host/a?Signature=abc ${KEY}\r`;
const SHOWN = "evil https://host/a [secret]";

/** A resource whose every word is what someone else put there. */
const evil: Lifecycle<Values> = {
	check: (inputs) => ({ inputs, problems: [{ property: `p${EVIL}`, reason: `got "${EVIL}".` }] }),
	diff: () => Promise.reject(new Error(EVIL)),
	create: () => Promise.reject(new Error(EVIL)),
	read: () => Promise.reject(EVIL),
	update: () => Promise.reject(new Error(EVIL)),
	delete: () => Promise.reject(new Error(EVIL)),
};

describe("what the engine is told of a failure", () => {
	const started = () => {
		const environment = { HEYGEN_API_KEY: KEY };
		return dynamicProvider(evil, createRun({ engine: undefined, environment, onAbandoned: () => {} }));
	};

	it("is fit for a terminal where inputs are wrong", async () => {
		const checked = await started().check?.({}, { a: 1 });
		assert.deepEqual(checked?.failures, [{ property: "", reason: `p${SHOWN}: got "${SHOWN}".` }]);
	});

	it("is fit for a terminal where a call fails, whatever is thrown", async () => {
		const provider = started();
		const calls = [
			() => provider.diff?.("1", {}, {}),
			() => provider.create({}),
			() => provider.read?.("1", {}),
			() => provider.update?.("1", {}, {}),
			() => provider.delete?.("1", {}),
		];
		for (const call of calls) {
			const error = await Promise.resolve(call()).catch((thrown: unknown) => thrown);
			assert.ok(error instanceof Error);
			assert.equal(error.message.replace("unexpected failure: ", ""), SHOWN);
		}
	});

	it("is no longer than a reader can bear, and whole Unicode", async () => {
		const long: Lifecycle<Values> = { ...evil, create: () => Promise.reject(new Error("😀".repeat(10_000))) };
		const run = createRun({ engine: undefined, environment: {}, onAbandoned: () => {} });
		const error = await dynamicProvider(long, run)
			.create({})
			.catch((thrown: Error) => thrown);
		assert.ok(error instanceof Error && error.message.length <= 4_001 && error.message.isWellFormed());
	});
});
