import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { dynamicProvider } from "../../../provider/host/dynamicProvider.ts";
import { createRun } from "../../../provider/host/run.ts";
import { type Lifecycle, Unfinished, type Values } from "../../../provider/lifecycle.ts";

const SECRET = "a-secret-of-no-known-form";
const sealed = { [runtime.specialSigKey]: runtime.specialSecretSig, value: SECRET };

/** A resource whose updates fail with its own secret in the message. */
const leaky: Lifecycle<Values> = {
	secrets: ["secret"],
	check: (inputs) => ({ inputs, problems: [] }),
	diff: () => ({ changed: true, replaces: [] }),
	create: async () => ({ id: "1", state: { secret: SECRET } }),
	read: async (id, state) => ({ id, state }),
	update: async (id, state, { unfinished }) => {
		const text = `it went wrong with ${SECRET}`;
		throw unfinished === true
			? new Unfinished(text, { id, state: { ...state, secret: SECRET } })
			: new Error(text);
	},
	delete: async () => {},
};

describe("the secrets that a lifecycle names", () => {
	const started = () => {
		const run = createRun({ engine: undefined, environment: {}, onAbandoned: () => {} });
		return dynamicProvider(leaky, run);
	};
	const failure = async (state: Values, inputs: Values) => {
		const error = await started()
			.update?.("1", state, inputs)
			.catch((thrown: unknown) => thrown);
		assert.ok(error instanceof Error);
		return error as Error & { properties?: Values; reasons?: string[] };
	};

	it("are secrets in the state, whichever call it comes from", async () => {
		const provider = started();
		assert.deepEqual((await provider.create({})).outs?.["secret"], sealed);
		assert.deepEqual((await provider.read?.("1", { secret: SECRET }))?.props?.["secret"], sealed);
	});

	it("are in no message when the state has them", async () => {
		assert.equal((await failure({ secret: SECRET }, {})).message, "it went wrong with [secret]");
	});

	it("are sealed, and in no message, when an unfinished update learns them", async () => {
		const { message, properties, reasons } = await failure({}, { unfinished: true });
		assert.deepEqual(properties?.["secret"], sealed);
		assert.deepEqual([message, reasons], ["it went wrong with [secret]", ["it went wrong with [secret]"]]);
	});
});
