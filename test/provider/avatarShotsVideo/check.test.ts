import assert from "node:assert/strict";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";

const GOOD = { prompt: "A baker carries a tray.", avatarIds: ["look1"] };
const problemsOf = (inputs: Values, context = testContext()) =>
	checkWith(undefined, { ...GOOD, ...inputs }, undefined, context).problems.map(
		({ property, reason }) => `${property}: ${reason}`,
	);

describe("checking a video's inputs", () => {
	const image = { base64: "iVBORw0KGgo=", mediaType: "image/png" };
	const images = (count: number) =>
		Array.from({ length: count }, (_, at) => ({ url: `https://h/${at}.png` }));
	const videos = (count: number) =>
		Array.from({ length: count }, (_, at) => ({ url: `https://h/${at}.mp4` }));

	const refused: [string, Values, string[]][] = [
		["an empty prompt", { prompt: "" }, ['prompt: must be a text of 1 to 10,000 characters; got "".']],
		[
			"a prompt of 10,001 characters",
			{ prompt: "x".repeat(10_001) },
			["prompt: must be a text of 1 to 10,000 characters; got a text of 10,001 characters."],
		],
		[
			"a missing prompt",
			{ prompt: undefined },
			["prompt: must be a text of 1 to 10,000 characters; got nothing."],
		],
		["no look", { avatarIds: [] }, ["avatarIds: must be a list of 1 to 3 different look ids; got []."]],
		[
			"four looks",
			{ avatarIds: ["a", "b", "c", "d"] },
			['avatarIds: must be a list of 1 to 3 different look ids; got ["a","b","c","d"].'],
		],
		["an empty look id", { avatarIds: ["a", ""] }, ['avatarIds[1]: must be a look\'s id; got "".']],
		[
			"the same look twice",
			{ avatarIds: ["a", "a"] },
			['avatarIds: must be a list of 1 to 3 different look ids; got ["a","a"].'],
		],
		[
			"a look id instead of a list",
			{ avatarIds: "look1" },
			['avatarIds: must be a list of 1 to 3 different look ids; got "look1". Write a list: ["look1"].'],
		],
		["4:5", { aspectRatio: "4:5" }, ['aspectRatio: must be one of "16:9", "9:16", "1:1"; got "4:5".']],
		["4k", { resolution: "4k" }, ['resolution: must be one of "720p", "1080p"; got "4k".']],
		...[3, 16, 7.5, "10", Number.NaN].map((duration): [string, Values, string[]] => [
			`a duration of ${JSON.stringify(duration)}`,
			{ duration },
			[
				`duration: must be a whole number of seconds from 4 to 15; got ${typeof duration === "string" ? `"${duration}"` : duration}.`,
			],
		]),
		[
			"a duration with autoDuration",
			{ duration: 8, autoDuration: true },
			["duration: must be left out when autoDuration is true: HeyGen chooses the length."],
		],
		[
			"a reference without a form",
			{ references: [{}] },
			[
				"references[0]: must be one of { url }, { assetId }, { file } and { base64, mediaType }; got an object.",
			],
		],
		[
			"a reference of two forms",
			{ references: [{ url: "https://h/a.png", assetId: "a1" }] },
			[
				"references[0]: must be one of { url }, { assetId }, { file } and { base64, mediaType }; got { url, assetId }.",
			],
		],
		[
			"broken base64",
			{ references: [{ ...image, base64: "iVBOR*" }] },
			['references[0].base64: must be a file\'s bytes in base64; got "iVBOR*".'],
		],
		[
			"base64 without a media type",
			{ references: [{ base64: image.base64 }] },
			["references[0].mediaType: must be an image, video or audio type such as image/png; got nothing."],
		],
		[
			"a media type that is neither image, video nor audio",
			{ references: [{ ...image, mediaType: "application/pdf" }] },
			[
				'references[0].mediaType: must be an image, video or audio type such as image/png; got "application/pdf".',
			],
		],
		[
			"an http reference",
			{ references: [{ url: "http://h/a.png" }] },
			['references[0].url: must be a public https URL without a user name or password; got "http://h/…".'],
		],
		[
			"a malformed reference",
			{ references: [{ url: "kitchen.png" }] },
			['references[0].url: must be a public https URL without a user name or password; got "kitchen.png".'],
		],
		[
			"an unknown key in a reference",
			{ references: [{ url: "https://h/a.png", name: "x" }] },
			["references[0].name: there is no such input."],
		],
		[
			"nine images beside a look",
			{ references: images(9) },
			["references: must hold at most 9 images together with the looks; got 9 beside 1."],
		],
		[
			"a presigned http URL, without repeating what follows its host",
			{ references: [{ url: "http://h/a.png?Signature=s3cr3t" }] },
			['references[0].url: must be a public https URL without a user name or password; got "http://h/…".'],
		],
		[
			"a reference with a password, without repeating it",
			{ references: [{ url: "https://me:p@ss@h/a.png" }, { url: "https:me:pass@h/a.png" }] },
			["h/…", "h/…"].map(
				(shown, at) =>
					`references[${at}].url: must be a public https URL without a user name or password; got "https:${at === 0 ? "//" : ""}${shown}".`,
			),
		],
		[
			"a callback with a password, without repeating it",
			{ callbackUrl: "https://:pass@h/done" },
			[
				'callbackUrl: must be a public https URL (http on loopback only) without a user name or password; got "https://h/…".',
			],
		],
		["four videos", { references: videos(4) }, ["references: must hold at most 3 videos; got 4."]],
		[
			"an http callback",
			{ callbackUrl: "http://example.net/done" },
			[
				'callbackUrl: must be a public https URL (http on loopback only) without a user name or password; got "http://example.net/…".',
			],
		],
		[
			"a wait without a unit",
			{ wait: { timeout: "60" } },
			['wait.timeout: must be a duration from 1s to 24h such as 90s, 60m or 1h30m; got "60".'],
		],
		[
			"HeyGen's own spelling",
			{ avatar_id: ["a"] },
			["avatar_id: there is no such input; did you mean avatarIds?"],
		],
		[
			"another spelling",
			{ aspect_ratio: "1:1" },
			["aspect_ratio: there is no such input; did you mean aspectRatio?"],
		],
		["a near miss", { promt: "x" }, ["promt: there is no such input; did you mean prompt?"]],
		["a key that is near to none", { voiceover: "x" }, ["voiceover: there is no such input."]],
		["an inherited name", JSON.parse('{"constructor": 1}'), ["constructor: there is no such input."]],
		["a name that sets a prototype", JSON.parse('{"__proto__": 1}'), ["__proto__: there is no such input."]],
	];
	for (const [name, inputs, expected] of refused) {
		it(`refuses ${name}`, () => assert.deepEqual(problemsOf(inputs), expected));
	}

	const accepted: [string, Values][] = [
		["a prompt of 10,000 four-byte characters", { prompt: "🎬".repeat(10_000) }],
		["three looks, in the order given", { avatarIds: ["c", "a", "b"] }],
		["every form of reference", { references: [{ url: "https://h/a.mp4" }, { assetId: "a1" }, image] }],
		["eight images beside a look", { references: images(8) }],
		[
			"more references than images where their kind cannot be told",
			{ references: Array(12).fill({ assetId: "a" }) },
		],
		["4 seconds", { duration: 4 }],
		["15 seconds", { duration: 15 }],
		["a length that HeyGen chooses", { autoDuration: true }],
		["three videos", { references: videos(3) }],
		["a callback on loopback", { callbackUrl: "http://127.0.0.1:8080/done" }],
		["a revision as a number or a text", { revision: 2 }],
		["a wait of an hour and a half", { wait: { timeout: "1h30m" } }],
	];
	for (const [name, inputs] of accepted) it(`takes ${name}`, () => assert.deepEqual(problemsOf(inputs), []));

	it("tells all problems of a resource at once", () => {
		const found = problemsOf({
			prompt: "",
			duration: 99,
			aspectRatio: "x",
			colour: 1,
			references: videos(4),
		});
		assert.deepEqual(
			found.map((text) => text.split(":")[0]),
			["prompt", "aspectRatio", "duration", "colour", "references"],
		);
	});

	describe("with characters that a terminal obeys", () => {
		const warnings = (inputs: Values, olds?: Values) => {
			const context = testContext();
			const { problems } = checkWith(undefined, { ...GOOD, ...inputs }, olds, context);
			assert.deepEqual(problems, []);
			return context.warnings;
		};

		it("takes them, and warns those who read the preview", () => {
			const [first, more] = warnings({ prompt: "A baker.\n\u001b[8mhidden\u001b[0m", title: "\u202eoreH" });
			assert.match(first ?? "", /^prompt holds characters that a terminal obeys .* \(U\+001B\): what a diff/);
			assert.match(more ?? "", /^title holds .* \(U\+202E\)/);
			const many = String.fromCharCode(...Array.from({ length: 9 }, (_, at) => at));
			assert.match(warnings({ prompt: many })[0] ?? "", /\(U\+0000, U\+0001, U\+0002, U\+0003, …\)/);
		});

		it("does not warn of what is in every text, or was seen before", () => {
			assert.deepEqual(warnings({ prompt: "Tabs\tand\r\nlines, 🎬, \u200f\u05d0\u200e." }), []);
			const seen = { ...GOOD, prompt: "\u001b[8mhidden" };
			assert.deepEqual(warnings(seen, seen), []);
		});
	});

	it("refuses a missing key, a base URL that is none, and other settings that cannot be", () => {
		const environment = {
			HEYGEN_API_KEY: " ",
			HEYGEN_BASE_URL: "http://example.net",
			HEYGEN_VIDEO_TYPE: "studio",
			HEYGEN_CONCURRENCY: "0",
		};
		assert.deepEqual(
			checkWith(undefined, GOOD, undefined, testContext({ environment })).problems.map(
				({ property }) => property,
			),
			["heygen:apiKey", "heygen:baseUrl", "heygen:videoType", "heygen:concurrency"],
		);
	});

	it("leaves aside what a preview cannot know yet, at any depth, and tells the rest", () => {
		const inputs = {
			prompt: unknown,
			avatarIds: [unknown, "a"],
			references: [unknown, { url: unknown }, { base64: unknown, mediaType: "text/plain" }],
			duration: 99,
		};
		assert.deepEqual(
			checkWith(undefined, inputs, undefined, testContext()).problems.map(({ property }) => property),
			["references[2].mediaType", "duration"],
		);
	});

	it("refuses to adopt a video that another resource of the stack holds, and no other", () => {
		const context = testContext();
		const other = context.urn.replace("hero", "intro");
		context.renders.resources.remember(other, GOOD);
		context.renders.resources.saw(other, { id: "v1", account: "me", replaced: false });
		const [problem = "", ...more] = problemsOf({ adoptVideoId: "v1" }, context);
		assert.match(problem, /^adoptVideoId: the video v1 is held by the resource "intro"/);
		assert.deepEqual([more, problemsOf({ adoptVideoId: "v2" }, context)], [[], []]);
	});

	it("takes its own inputs back, as ignoreChanges hands them over, and no key of another making", () => {
		const { inputs } = checkWith(undefined, GOOD, undefined, testContext());
		assert.deepEqual(checkWith(undefined, inputs, inputs, testContext()), { inputs, problems: [] });
		assert.deepEqual(problemsOf({ submissionKey: "mine" }), ["submissionKey: there is no such input."]);
	});

	it("fills in the defaults", () => {
		const { submissionKey, ...inputs } = checkWith(undefined, GOOD, undefined, testContext()).inputs;
		assert.deepEqual(inputs, {
			...GOOD,
			aspectRatio: "16:9",
			resolution: "720p",
			autoDuration: false,
			enhancePrompt: false,
			duration: 10,
		});
		assert.match(String(submissionKey), /^[A-Za-z0-9_:.-]{1,255}$/);
		assert.equal(
			checkWith(undefined, { ...GOOD, autoDuration: true }, undefined, testContext()).inputs["duration"],
			undefined,
		);
	});
});
