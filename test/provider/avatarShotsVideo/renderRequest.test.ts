import assert from "node:assert/strict";
import { VideoRequest } from "../../../heygen/schemas/videoRequest.ts";
import type { CheckedInputs } from "../../../provider/avatarShotsVideo/inputs.ts";
import {
	canonicalInput,
	canonicalRender,
	requestBody,
	sameRevision,
} from "../../../provider/avatarShotsVideo/renderRequest.ts";
import { unknown } from "../../../provider/lifecycle.ts";

const PLAIN: CheckedInputs = {
	prompt: "A baker.\r\nCut.\rEnd.",
	avatarIds: ["b", "a"],
	aspectRatio: "16:9",
	resolution: "720p",
	duration: 8,
	autoDuration: false,
	enhancePrompt: false,
};
const bodyOf = (inputs: Partial<CheckedInputs> = {}) => {
	const body = requestBody({ ...PLAIN, ...inputs }, "avatar_shots", (sha256) => `asset of ${sha256}`);
	return VideoRequest.parse(body);
};

describe("the body of a submit", () => {
	const plain = {
		type: "avatar_shots",
		prompt: "A baker.\nCut.\nEnd.",
		avatar_id: ["b", "a"],
		aspect_ratio: "16:9",
		resolution: "720p",
		duration: 8,
	};

	it("spells the settings out, and nothing that was not asked for", () => {
		assert.deepEqual(bodyOf(), plain);
		assert.deepEqual(bodyOf({ references: [] }), plain);
	});

	it("names every input as the API does", () => {
		const { duration: _, ...rest } = plain;
		const inputs = {
			autoDuration: true,
			enhancePrompt: true,
			title: "Kitchen",
			callbackUrl: "https://h/x",
			callbackId: "spring",
			submissionKey: "key",
			revision: 2,
			wait: { timeout: "5m" },
		};
		assert.deepEqual(bodyOf(inputs), {
			...rest,
			auto_duration: true,
			enhance_prompt: true,
			title: "Kitchen",
			callback_url: "https://h/x",
			callback_id: "spring",
		});
	});

	it("keeps a title and a callback's id that are empty", () => {
		const { title, callback_id } = bodyOf({ title: "", callbackId: "" });
		assert.deepEqual([title, callback_id], ["", ""]);
	});

	it("names every form of reference, in the order given", () => {
		const references = [
			{ url: "https://h/a.png?sig=s" },
			{ assetId: "a1", sha256: "cd" },
			{ file: "a.png", sha256: "ab", mediaType: "image/png" },
			{ base64: "iVBORw0KGgo=", mediaType: "image/png" },
		];
		assert.deepEqual(bodyOf({ references }).references, [
			{ type: "url", url: "https://h/a.png?sig=s" },
			{ type: "asset_id", asset_id: "a1" },
			{ type: "asset_id", asset_id: "asset of ab" },
			{ type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" },
		]);
	});
});

describe("the canonical form of a request", () => {
	it("never changes", () => {
		const text =
			'["\\"A baker.\\\\nCut.\\\\nEnd.\\"","[\\"b\\",\\"a\\"]","[]","\\"16:9\\"","\\"720p\\"","8","false","false"]';
		assert.equal(canonicalRender(PLAIN), text);
	});

	it("is not known while a part of it is not", () => {
		assert.equal(canonicalRender({ ...PLAIN, duration: unknown }), unknown);
		assert.equal(canonicalInput("avatarIds", { avatarIds: ["a", unknown] }), unknown);
		assert.equal(canonicalInput("references", { references: [{ url: "https://h" }, unknown] }), unknown);
		assert.equal(canonicalInput("references", { references: unknown }), unknown);
		assert.equal(canonicalInput("prompt", { prompt: unknown }), unknown);
	});

	it("cannot be told of a reference that is none", () => {
		for (const none of [null, "a.png"])
			assert.equal(canonicalInput("references", { references: [none] }), unknown);
	});
});

describe("two revisions", () => {
	const told = (revision: unknown) => (typeof revision === "string" ? `"${revision}"` : String(revision));
	const same: [unknown, unknown, boolean][] = [
		[undefined, undefined, true],
		[2, "2", true],
		["a", "a", true],
		["a", "b", false],
		[undefined, "undefined", false],
		[0, undefined, false],
		[unknown, 2, false],
		[2, unknown, false],
		[unknown, unknown, false],
	];
	for (const [a, b, expected] of same) {
		it(`${told(a)} and ${told(b)} are ${expected ? "the same" : "not the same"}`, () =>
			assert.equal(sameRevision({ revision: a }, { revision: b }), expected));
	}
});
