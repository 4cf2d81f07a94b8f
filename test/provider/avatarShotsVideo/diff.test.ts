import assert from "node:assert/strict";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import type { CheckedInputs } from "../../../provider/avatarShotsVideo/inputs.ts";
import { askedFor } from "../../../provider/avatarShotsVideo/state.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";

const PNG = { base64: "iVBORw0KGgo=", mediaType: "image/png" };
const GOOD = {
	prompt: "A baker carries a tray.",
	avatarIds: ["a", "b"],
	references: [PNG, { url: "https://h/a.png" }],
	title: "Kitchen",
};
const inputsOf = (inputs: Values = {}) =>
	checkWith(undefined, { ...GOOD, ...inputs }, undefined, testContext()).inputs;
const stateOf = (inputs: Values = {}, more: Values = {}): Values => ({
	...askedFor(inputsOf(inputs) as CheckedInputs),
	status: "completed",
	account: "me",
	videoUrl: "https://files/x.mp4?Expires=1",
	...more,
});
const between = (state: Values, inputs: Values) => diff("v1", state, inputs, testContext());

describe("what a change does", () => {
	const replacing: [string, Values, string][] = [
		["the prompt", { prompt: "Another." }, "prompt"],
		["a look", { avatarIds: ["a", "c"] }, "avatarIds"],
		["the order of the looks", { avatarIds: ["b", "a"] }, "avatarIds"],
		[
			"the bytes of a reference",
			{ references: [{ ...PNG, base64: "iVBORw0KGgs=" }, GOOD.references[1]] },
			"references",
		],
		["a reference less", { references: [PNG] }, "references"],
		["all references gone", { references: undefined }, "references"],
		["the aspect ratio", { aspectRatio: "9:16" }, "aspectRatio"],
		["the resolution", { resolution: "1080p" }, "resolution"],
		["the duration", { duration: 4 }, "duration"],
		["enhancePrompt", { enhancePrompt: true }, "enhancePrompt"],
		["the revision", { revision: "take 2" }, "revision"],
		["another adopted video", { adoptVideoId: "v2" }, "adoptVideoId"],
	];
	for (const [name, inputs, property] of replacing) {
		it(`${name}: another render`, () => {
			assert.deepEqual(between(stateOf(), inputsOf(inputs)), { changed: true, replaces: [property] });
		});
	}

	it("autoDuration: another render, named by both inputs that it changes", () => {
		const { replaces } = between(stateOf(), inputsOf({ autoDuration: true }));
		assert.deepEqual(replaces, ["duration", "autoDuration"]);
	});

	const inPlace: [string, Values][] = [
		["the title", { title: "New" }],
		["the title taken away", { title: undefined }],
		["the callback", { callbackUrl: "https://h/x" }],
		["the wait", { wait: { timeout: "5m" } }],
	];
	for (const [name, inputs] of inPlace) {
		it(`${name}: in place and free`, () => {
			assert.deepEqual(between(stateOf(), inputsOf(inputs)), { changed: true, replaces: [] });
		});
	}

	const nothing: [string, Values, Values][] = [
		["nothing", {}, {}],
		["line endings", { prompt: "a\nb" }, { prompt: "a\r\nb" }],
		["a revision as text instead of number", { revision: 2 }, { revision: "2" }],
		["adoptVideoId taken away", { adoptVideoId: "v1" }, {}],
		["this very video named as adopted", {}, { adoptVideoId: "v1" }],
		["another one named as before, which this one replaced", { adoptVideoId: "v2" }, { adoptVideoId: "v2" }],
		[
			"a reference that is signed anew",
			{ references: [{ url: "https://h/a.png?Expires=1&Signature=abc" }] },
			{ references: [{ url: "https://h/a.png?Expires=2&Signature=def" }] },
		],
		["no references written as an empty list", { references: undefined }, { references: [] }],
	];
	for (const [name, before, after] of nothing) {
		it(`${name}: no change`, () => {
			assert.deepEqual(between(stateOf(before), inputsOf(after)), { changed: false, replaces: [] });
		});
	}

	it("a link that HeyGen made anew: no change", () => {
		const state = stateOf({}, { videoUrl: "https://files/x.mp4?Expires=2", thumbnailUrl: "https://t?x" });
		assert.equal(between(state, inputsOf()).changed, false);
	});

	it("a render that is not final: goes on in place", () => {
		for (const status of ["waiting", "pending", "processing", "a word of tomorrow"]) {
			assert.deepEqual(between(stateOf({}, { status }), inputsOf()), { changed: true, replaces: [] });
		}
	});

	it("a render that failed, or was deleted while it was waited for: another render", () => {
		for (const status of ["failed", "gone"]) {
			assert.deepEqual(between(stateOf({}, { status }), inputsOf()), { changed: true, replaces: ["status"] });
		}
	});

	it("what a preview cannot know yet: another render, if it renders at all", () => {
		assert.deepEqual(between(stateOf(), inputsOf({ prompt: unknown })).replaces, ["prompt"]);
		assert.deepEqual(between(stateOf(), inputsOf({ references: [{ url: unknown }] })).replaces, [
			"references",
		]);
		assert.deepEqual(between(stateOf(), inputsOf({ title: unknown })), { changed: true, replaces: [] });
		const untitled = stateOf({ title: undefined });
		assert.deepEqual(between(untitled, inputsOf({ title: unknown })), { changed: true, replaces: [] });
	});

	it("what the engine supposes before it deletes what the video depends on: nothing that needs a render", () => {
		for (const supposed of [{ references: unknown }, { prompt: unknown, revision: unknown }]) {
			assert.deepEqual(between(stateOf(), { ...inputsOf(), ...supposed }).replaces, []);
		}
	});

	const seen: [string, Values, Values, Values][] = [
		["one that stays", {}, {}, { replaced: false, lost: false }],
		["one that is to be replaced", { prompt: "Another." }, {}, { replaced: true, lost: false }],
		["one that failed", {}, { status: "failed" }, { replaced: true, lost: true }],
		["one that is gone", {}, { status: "gone" }, { replaced: true, lost: true }],
		["one that is not finished", {}, { status: "pending" }, { replaced: false, lost: false }],
	];
	for (const [name, inputs, state, expected] of seen) {
		it(`is told to the run, which then knows of ${name}`, () => {
			const context = testContext();
			diff("v1", stateOf({}, state), inputsOf(inputs), context);
			const { seen: told } = context.renders.resources;
			assert.deepEqual(told(context.urn), { id: "v1", account: "me", ...expected });
		});
	}
});
