import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import fc from "fast-check";
import { open, sealInputs, sealState } from "../../../provider/host/values.ts";
import { GivenFile, unknown } from "../../../provider/lifecycle.ts";

const MARK = runtime.unknownValue;

describe("values between the engine and a lifecycle", () => {
	it("are handed over without what is between host and engine", () => {
		assert.deepEqual(open({ prompt: "x", resourceUrn: "urn:x", __provider: "text" }), {
			urn: "urn:x",
			values: { prompt: "x" },
		});
	});

	it("are unknown where the engine marks them, at any depth", () => {
		const { values, urn } = open({ a: MARK, b: [1, { c: MARK }], resourceUrn: MARK });
		assert.deepEqual(values, { a: unknown, b: [1, { c: unknown }] });
		assert.equal(urn, undefined);
		assert.deepEqual(sealInputs(values, {}), { a: MARK, b: [1, { c: MARK }] });
	});

	it("lose what the engine cannot carry, nested too", () => {
		const state = {
			a: undefined,
			b: { c: undefined, d: () => 1 },
			e: [undefined],
			f: 10n,
			g: new Date(0),
			h: Number.NaN,
		};
		assert.deepEqual(sealState(state), {
			b: {},
			e: [null],
			f: "10",
			g: "1970-01-01T00:00:00.000Z",
			h: null,
		});
	});

	it("are text that the engine takes, also where half a character came in", () => {
		assert.deepEqual(sealState({ a: "half \ud83d", b: ["\udc00"] }), { a: "half \ufffd", b: ["\ufffd"] });
		assert.deepEqual(sealInputs({ a: "whole 😀" }, {}), { a: "whole 😀" });
	});

	it("keep names that mean something to JavaScript as names", () => {
		const given = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"a":1},"a":{"__proto__":2}}');
		const { values } = open(given);
		assert.equal(Object.getPrototypeOf(values), Object.prototype);
		assert.equal(JSON.stringify(sealInputs(values, {})), JSON.stringify(given));
		assert.equal(JSON.stringify(sealState(values)), JSON.stringify(given));
		assert.equal(Reflect.get({}, "polluted"), undefined);
	});

	it("keep the resource's own URN among the inputs", () =>
		assert.deepEqual(sealInputs({ a: 1 }, { resourceUrn: "urn:x", b: 2 }), { a: 1, resourceUrn: "urn:x" }));

	it("keep it in the state too, so that a later read and delete are told whose they are", () => {
		const sealed = sealState({ a: 1 }, [], { resourceUrn: "urn:x", b: 2 });
		assert.deepEqual(sealed, { a: 1, resourceUrn: "urn:x" });
		assert.equal(open(sealed).urn, "urn:x");
	});

	it("are secrets in the state where they are presigned links, and nowhere else", () => {
		const plain = { a: "https://h/t.jpg", b: "https://h/?page=2", c: "Signature=x" };
		assert.deepEqual(sealState(plain), plain);
		for (const link of [
			"https://h/v.mp4?Expires=1&Signature=abc&Key-Pair-Id=k",
			"https://h/v.mp4?X-Amz-Expires=1&X-Amz-Signature=abc",
			"http://127.0.0.1:1/v?sig=abc",
			"https://me:password@h/v.mp4",
		]) {
			const hidden = { [runtime.specialSigKey]: runtime.specialSecretSig, value: link };
			assert.deepEqual(sealState({ a: [{ b: link }] }), { a: [{ b: hidden }] });
		}
	});

	it("are secrets in the state where the lifecycle names them, at the top and where they are there", () => {
		const hidden = { [runtime.specialSigKey]: runtime.specialSecretSig, value: "whsec_1" };
		assert.deepEqual(sealState({ a: "whsec_1", b: { a: "x" } }, ["a"]), { a: hidden, b: { a: "x" } });
		assert.deepEqual(sealState({ a: undefined, b: 1 }, ["a"]), { b: 1 });
	});

	it("are secrets among the inputs as well, so that the engine's copy of them is none in plain text", () => {
		const url = "https://h/a.png?X-Amz-Signature=abc";
		const hidden = { [runtime.specialSigKey]: runtime.specialSecretSig, value: url };
		assert.deepEqual(sealInputs({ references: [{ url }] }, {}), { references: [{ url: hidden }] });
	});

	it("are secrets where they are files behind a presigned link", () => {
		const uri = "https://h/a.png?X-Amz-Signature=abc";
		const sealed = sealInputs(
			{ source: new GivenFile("ab", { uri }), open: new GivenFile("ab", { path: "a" }) },
			{},
		);
		const asset = { [runtime.specialSigKey]: runtime.specialAssetSig, hash: "ab" };
		assert.deepEqual(sealed, {
			source: { [runtime.specialSigKey]: runtime.specialSecretSig, value: { ...asset, uri } },
			open: { ...asset, path: "a" },
		});
	});

	it("can be extended, also when they were frozen", () => {
		const sealed = sealState(Object.freeze({ a: Object.freeze([1]) }));
		sealed["__provider"] = "text";
		assert.deepEqual(sealed, { a: [1], __provider: "text" });
	});

	it("come through unchanged when they are plain", () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ noUnicodeString: false })),
				(given) => {
					const there = JSON.parse(JSON.stringify(given));
					assert.deepEqual(open(sealInputs(there, {})).values, there);
				},
			),
		);
	});
});
