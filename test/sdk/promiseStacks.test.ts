import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../sdk/index.ts";

const LEAKS = "PULUMI_DEBUG_PROMISE_LEAKS";

/** The SDK's name for what writes a stack on each promise. */
const PROMISES = "debuggablePromise";

describe("the stacks that a resource's making takes", () => {
	const { prepareStackTrace } = Error;
	let made: string[];

	/** As the source maps of a Pulumi program, it is asked for each stack that is read. */
	const mapped = (error: Error, frames: NodeJS.CallSite[]) => {
		made.push(frames[0]?.getFunctionName() ?? "");
		return `${error}${frames.map((frame) => `\n    at ${frame}`).join("")}`;
	};
	const video = () => new heygen.AvatarShotsVideo("hero", { prompt: "A baker.", avatarIds: ["look1"] });
	const promisesOf = () => made.filter((name) => name === PROMISES).length;

	beforeEach(async () => {
		await pulumi.runtime.setMocks({
			newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
			call: ({ inputs }) => inputs,
		});
		made = [];
		Error.prepareStackTrace = mapped;
	});
	afterEach(async () => {
		Error.prepareStackTrace = prepareStackTrace;
		delete process.env[LEAKS];
		await pulumi.runtime.resetOptions("", "", 1, "", "", false, "");
	});

	it("leave out those of its promises, and no other", () => {
		video();
		assert.equal(promisesOf(), 0);
		assert.ok(made.length > 0, "where the program makes the resource is read from a stack");
		assert.equal(Error.prepareStackTrace, mapped);
	});

	it("keep them where leaks of promises are looked for", () => {
		process.env[LEAKS] = "true";
		video();
		assert.ok(promisesOf() > 50, `${promisesOf()}`);
	});

	it("are whole for an error that is made meanwhile, and are as before when it is thrown", () => {
		let inside: Error | undefined;
		const fail = () => {
			inside = new Error("refused");
			throw inside;
		};
		const options = { transformations: [fail] };
		assert.throws(
			() => new heygen.AvatarShotsVideo("hero", { prompt: "A baker.", avatarIds: ["look1"] }, options),
			/refused/,
		);
		assert.match(inside?.stack ?? "", /at fail .*promiseStacks\.test\.ts/s);
		assert.equal(Error.prepareStackTrace, mapped);
	});

	it("are left alone where the program maps none", () => {
		Reflect.deleteProperty(Error, "prepareStackTrace");
		video();
		assert.equal(Error.prepareStackTrace, undefined);
	});
});
