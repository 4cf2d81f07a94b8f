import assert from "node:assert/strict";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { keyOfNewTake } from "../../../provider/avatarShotsVideo/submissionKey.ts";
import { keyAfter } from "../../../provider/keys.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";

const GOOD = { prompt: "A baker carries a tray.", avatarIds: ["look1", "look2"] };
const keyOf = (inputs: Values, olds?: Values, context = testContext()) =>
	checkWith(undefined, { ...GOOD, ...inputs }, olds, context).inputs["submissionKey"];

describe("the submission key", () => {
	const first = keyOf({});

	it("is the same in every run", () => assert.equal(keyOf({}), first));

	it("never changes with a release of this package", () =>
		assert.equal(first, "pulumi-heygen:348f80a1cf3113c199f8303622be729fae46b61c"));

	it("never changes with a release where everything is asked for, nor does its chain or its new take", () => {
		const every = {
			prompt: "A baker.\nCut.",
			references: [
				{ url: "https://h/a.png?v=1&sig=s" },
				{ assetId: "a1" },
				{ base64: "iVBORw0KGgo=", mediaType: "image/png" },
			],
			aspectRatio: "9:16",
			resolution: "1080p",
			autoDuration: true,
			enhancePrompt: true,
			revision: 2,
		};
		const context = testContext({ environment: { HEYGEN_KEY_SCOPE: "blue" } });
		assert.equal(keyOf(every, undefined, context), "pulumi-heygen:ceb42e81c3e51757e5f7f975a5b8a925fff205a4");
		assert.equal(keyAfter(String(first)), "pulumi-heygen:b1e2bde2d1cd44b755b034241807b0190d92526b");
		assert.equal(keyOfNewTake(String(first)), "pulumi-heygen:67882cea1939cd3199eeb9308fbd7669b3156665");
	});

	const free: [string, Values][] = [
		["the title", { title: "T" }],
		["the callback", { callbackUrl: "https://h/x", callbackId: "c" }],
		["the wait", { wait: { timeout: "5m" } }],
		[
			"a default that is spelled out",
			{ aspectRatio: "16:9", duration: 10, enhancePrompt: false, references: [] },
		],
		["an input that is undefined instead of absent", { duration: undefined, references: undefined }],
		["a key that is written in another order", { avatarIds: GOOD.avatarIds, prompt: GOOD.prompt }],
	];
	for (const [name, inputs] of free)
		it(`does not depend on ${name}`, () => assert.equal(keyOf(inputs), first));

	it("does not depend on the line endings of a checkout", () =>
		assert.equal(keyOf({ prompt: "one\r\ntwo" }), keyOf({ prompt: "one\ntwo" })));

	it("does not depend on when a reference was signed", () => {
		const signed = (end: number) => ({
			references: [{ url: `https://h/a.png?X-Amz-Expires=${end}&X-Amz-Signature=s${end}` }],
		});
		assert.equal(keyOf(signed(1)), keyOf(signed(2)));
		const olds = { ...GOOD, ...signed(1), submissionKey: "made-of-the-whole-link" };
		const checked = checkWith(undefined, { ...GOOD, ...signed(1) }, undefined, testContext()).inputs;
		assert.equal(keyOf(signed(2), { ...checked, ...olds }), "made-of-the-whole-link");
	});

	it("does not depend on the setting for the type word", () => {
		const environment = { HEYGEN_VIDEO_TYPE: "cinematic_avatar" };
		assert.equal(keyOf({}, undefined, testContext({ environment })), first);
	});

	const renders: [string, Values][] = [
		["the prompt", { prompt: "Another." }],
		["its Unicode form, as given", { prompt: "Cafe\u0301" }],
		["the looks", { avatarIds: ["look1"] }],
		["the order of the looks", { avatarIds: ["look2", "look1"] }],
		["the references", { references: [{ assetId: "a1" }] }],
		["the aspect ratio", { aspectRatio: "1:1" }],
		["the resolution", { resolution: "1080p" }],
		["the duration", { duration: 9 }],
		["autoDuration", { autoDuration: true }],
		["enhancePrompt", { enhancePrompt: true }],
		["the revision", { revision: 2 }],
	];
	for (const [name, inputs] of renders) {
		it(`depends on ${name}`, () => assert.notEqual(keyOf(inputs), first));
	}

	it("is another one under another name, and under another scope", () => {
		assert.notEqual(keyOf({}, undefined, testContext({ urn: "urn:pulumi:dev::shop::t::other" })), first);
		assert.notEqual(keyOf({}, undefined, testContext({ environment: { HEYGEN_KEY_SCOPE: "blue" } })), first);
	});

	it("is kept while nothing that renders has changed, whatever made it", () => {
		const olds = {
			...checkWith(undefined, GOOD, undefined, testContext()).inputs,
			submissionKey: "made-by-an-older-version",
		};
		assert.equal(keyOf({ title: "New" }, olds), "made-by-an-older-version");
		assert.equal(keyOf({ prompt: "New." }, olds), keyOf({ prompt: "New." }));
	});

	it("stays when a resource is renamed with an alias", () => {
		const olds = checkWith(undefined, GOOD, undefined, testContext()).inputs;
		assert.equal(keyOf({}, olds, testContext({ urn: "urn:pulumi:dev::shop::t::renamed" })), first);
	});

	it("is of a new take when an unchanged video is replaced on request", () => {
		const context = testContext();
		const olds = checkWith(undefined, GOOD, undefined, context).inputs;
		checkWith(undefined, GOOD, olds, context);
		assert.equal(keyOf({}, undefined, context), keyOfNewTake(String(first)));
	});

	it("cannot be known while a part of what renders is not", () => {
		assert.equal(keyOf({ prompt: unknown }), unknown);
		for (const reference of [
			{ url: unknown },
			{ assetId: unknown },
			{ base64: unknown, mediaType: "image/png" },
		]) {
			assert.equal(keyOf({ references: [reference] }), unknown);
		}
		assert.equal(keyOf({ avatarIds: ["look1", unknown] }), unknown);
		assert.equal(keyOf({ revision: unknown }), unknown);
		assert.equal(typeof keyOf({ title: unknown }), "string");
	});

	it("is absent while a video is adopted, also when the input is taken away again", () => {
		const adopted = checkWith(undefined, { ...GOOD, adoptVideoId: "v1" }, undefined, testContext()).inputs;
		assert.equal("submissionKey" in adopted, false);
		assert.equal(keyOf({}, adopted), undefined);
	});

	it("is there for the render that follows an adopted video", () => {
		const context = testContext();
		const adopted = checkWith(undefined, { ...GOOD, adoptVideoId: "v1" }, undefined, context).inputs;
		const next = { adoptVideoId: "v1", prompt: "Changed." };
		assert.equal(keyOf(next, adopted, context), keyOf({ prompt: "Changed." }));
		assert.equal(keyOf(next, undefined, context), keyOf({ prompt: "Changed." }));
	});

	it("is there for the render that replaces an adopted video on request, or when it is adopted no more", () => {
		const context = testContext();
		const adopted = checkWith(undefined, { ...GOOD, adoptVideoId: "v1" }, undefined, context).inputs;
		assert.equal(keyOf({ adoptVideoId: "v1" }, adopted, context), undefined);
		assert.equal(keyOf({ adoptVideoId: "v1" }, undefined, context), first);
		assert.equal(keyOf({ prompt: "Changed." }, adopted), keyOf({ prompt: "Changed." }));
	});

	it("is absent while an input is wrong", () => assert.equal(keyOf({ duration: 99 }), undefined));

	it("is another one for another asset", () => {
		const of = (assetId: string) => keyOf({ references: [{ assetId }] });
		assert.notEqual(of("a1"), of("a2"));
	});

	it("is absent when another video is adopted in place of the old one", () => {
		const context = testContext();
		const olds = checkWith(undefined, GOOD, undefined, context).inputs;
		checkWith(undefined, { ...GOOD, adoptVideoId: "v2" }, olds, context);
		assert.equal(keyOf({ adoptVideoId: "v2" }, undefined, context), undefined);
	});

	it("leads to a chain of its own that no new take meets", () => {
		const chain = new Set<string>();
		for (let key = String(first), link = 0; link < 50; link++) {
			chain.add(key);
			key = keyAfter(key);
		}
		assert.equal(chain.size, 50);
		assert.ok(!chain.has(keyOfNewTake(String(first))));
	});
});
