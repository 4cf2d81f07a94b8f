import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../sdk/index.ts";

const LEAKS = "PULUMI_DEBUG_PROMISE_LEAKS";

/** The SDK's name for what takes a stack for each promise. */
const PROMISES = "debuggablePromise";

describe("the stacks that a resource's making takes", () => {
	const { prepareStackTrace, stackTraceLimit } = Error;
	let made: string[];

	/** As the source maps of a Pulumi program, it is asked for each stack that is read. */
	const mapped = (error: Error, frames: NodeJS.CallSite[]) => {
		made.push(frames[0]?.getFunctionName() ?? "");
		return `${error}${frames.map((frame) => `\n    at ${frame}`).join("")}`;
	};
	const video = (name = "hero", options: pulumi.CustomResourceOptions = {}) =>
		new heygen.AvatarShotsVideo(name, { prompt: "A baker.", avatarIds: ["look1"] }, options);
	const promisesOf = () => made.filter((name) => name === PROMISES).length;
	const thrown = (make: () => unknown): Error => {
		try {
			make();
		} catch (error) {
			assert.ok(error instanceof Error);
			return error;
		}
		return assert.fail("nothing was thrown");
	};
	const fail = () => {
		throw new Error("refused");
	};

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

	it("leave out those of its promises", () => {
		video();
		assert.equal(promisesOf(), 0);
		assert.ok(made.length > 0, "where the program makes the resource is read from a stack");
		assert.equal(Error.stackTraceLimit, stackTraceLimit);
	});

	it("keep them where leaks of promises are looked for", () => {
		process.env[LEAKS] = "true";
		video();
		assert.ok(promisesOf() > 50, `${promisesOf()}`);
	});

	it("lead to the program for an error that the SDK throws meanwhile", () => {
		assert.match(thrown(() => video("")).stack ?? "", /name.*\n.*\n? *at .*promiseStacks\.test\.ts/s);
		assert.equal(Error.stackTraceLimit, stackTraceLimit);
	});

	it("are whole in a transformation of the resource", () => {
		const { stack = "" } = thrown(() => video("hero", { transformations: [fail] }));
		assert.match(stack, /refused\n +at fail .*promiseStacks\.test\.ts/s);
	});

	it("are whole in a transformation of what it lies in", () => {
		class Shelf extends pulumi.ComponentResource {}
		const onlyVideos = ({ type }: pulumi.ResourceTransformationArgs) =>
			type.endsWith("AvatarShotsVideo") ? fail() : undefined;
		const parent = new Shelf("my:index:Shelf", "shelf", {}, { transformations: [onlyVideos] });
		assert.match(thrown(() => video("hero", { parent })).stack ?? "", /refused\n +at fail /);
	});
});
