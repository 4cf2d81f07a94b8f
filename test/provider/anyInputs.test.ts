import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { asset } from "../../provider/asset/index.ts";
import { avatarShotsVideo } from "../../provider/avatarShotsVideo/index.ts";
import { sealInputs } from "../../provider/host/values.ts";
import { GivenFile, type Lifecycle, unknown, type Values } from "../../provider/lifecycle.ts";
import { createVideoFile } from "../../provider/videoFile/index.ts";
import { webhookEndpoint } from "../../provider/webhookEndpoint/index.ts";
import { anyInput, anyJson, anyText, nested, objectOf } from "../support/anything.ts";
import { testContext } from "../support/context.ts";

const URLS = [
	"https://h",
	"http://[::1]/",
	"http://127.0.0.1",
	"https://h/a.constructor",
	"//h",
	"https://h/?sig=1",
];
const PATHS = [
	"a\0b.png",
	"x".repeat(5_000),
	"a/".repeat(3_000),
	"/",
	"..",
	"~",
	"\ud800.mp4",
	"\u202e.mp4",
	"__proto__",
];
const URIS = [
	"file://host/a",
	"file:///a%2Fb",
	"file:///a%00b",
	"file:",
	"data:,x",
	"https://h/%",
	"s3://b/k",
	"C:\\a",
];

const url = fc.oneof(fc.constantFrom(...URLS), fc.webUrl(), anyText());
const path = fc.oneof(fc.constantFrom(...PATHS), anyText({ minLength: 1 }));
const word = fc.oneof(fc.stringMatching(/^\S{1,9}$/), anyText());
const wait = fc.record({
	timeout: fc.oneof(fc.constantFrom(`${"9".repeat(400)}h`, "1e9h", "5m", "0.0001ms"), anyText()),
});
const given = fc.oneof(
	fc.record({ path }),
	fc.record({ uri: fc.oneof(fc.constantFrom(...URIS), anyText({ minLength: 1 })) }),
	fc.record({ text: anyText({ minLength: 1 }) }),
	fc.constant(undefined),
);
const reference = fc.oneof(
	fc.record({ url }),
	fc.record({ assetId: word }),
	fc.record({ file: path }),
	fc.record({ base64: anyText(), mediaType: word }),
	fc.record({ url, assetId: word, file: path }, { requiredKeys: [] }),
);

/** Each input as it is meant, or something else, or not there; and some that are none. */
function inputs(meant: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Values> {
	const fields = Object.entries(meant).map(([name, good]) =>
		fc
			.option(fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: anyInput }), {
				nil: undefined,
				freq: 4,
			})
			.map((value) => [name, value] as const),
	);
	const others = fc.array(
		fc.tuple(fc.oneof(fc.constantFrom("__proto__", "constructor"), anyText()), anyInput),
		{
			maxLength: 1,
		},
	);
	return fc.tuple(fc.tuple(...fields), others).map(([all, more]) => objectOf([...all, ...more]));
}

const video = inputs({
	prompt: anyText({ minLength: 1 }),
	avatarIds: fc.array(word, { minLength: 1, maxLength: 3 }),
	references: fc.array(fc.oneof({ weight: 4, arbitrary: reference }, anyInput), { maxLength: 3 }),
	aspectRatio: fc.constantFrom("16:9", "1:1"),
	resolution: fc.constantFrom("720p"),
	duration: fc.integer({ min: 4, max: 15 }),
	autoDuration: fc.boolean(),
	enhancePrompt: fc.boolean(),
	title: anyText(),
	callbackUrl: url,
	callbackId: anyText(),
	revision: fc.oneof(fc.double(), anyText()),
	wait,
	adoptVideoId: word,
});
const endpoint = inputs({
	url,
	events: fc.array(
		fc.oneof(fc.constantFrom("avatar_video.fail", "constructor"), word, anyText({ minLength: 500 })),
		{
			maxLength: 3,
		},
	),
	entityId: word,
	secretVersion: fc.oneof(fc.double(), anyText()),
	adoptEndpointId: word,
});
const ofAsset = inputs({
	source: fc.oneof(
		path,
		given.map((source) => new GivenFile("ab", source)),
	),
});
const file = inputs({
	videoId: word,
	path,
	kind: fc.constantFrom("video", "gif", "thumbnail"),
	overwrite: fc.boolean(),
	allowOutside: fc.boolean(),
	wait,
});

describe("whatever the inputs are", () => {
	let folder: string;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	/** Checks twice, as the engine does for a replacement, and hands the result on to it. */
	async function checkAll<State extends object>(lifecycle: Lifecycle<State>, news: Values, olds: Values) {
		const context = testContext();
		for (const old of [olds, undefined]) {
			const { inputs, problems } = await lifecycle.check(news, old, context);
			JSON.stringify(sealInputs(inputs, news));
			for (const { property, reason } of problems) {
				assert.ok(reason.length > 0 && reason.length < 20_000, `${property}: ${reason.length}`);
				assert.doesNotMatch(reason, /native code|\[object|undefined|function /);
			}
		}
	}

	const cases: [string, fc.Arbitrary<Values>, () => Lifecycle<object>, Values][] = [
		["a video's", video, () => avatarShotsVideo, { prompt: nested(9_000), references: nested(9_000) }],
		["a webhook endpoint's", endpoint, () => webhookEndpoint, { url: nested(9_000), events: nested(9_000) }],
		["an asset's", ofAsset, () => asset, { source: nested(9_000) }],
		["a video file's", file, () => createVideoFile({ folder }), { videoId: "v1", path: nested(9_000) }],
	];
	for (const [whose, some, lifecycle, deep] of cases) {
		it(`check tells ${whose} problems, and throws nothing`, async () => {
			const olds = fc.oneof(some, fc.array(fc.tuple(fc.string(), anyJson)).map(objectOf));
			await fc.assert(
				fc.asyncProperty(some, olds, (news, old) => checkAll(lifecycle(), news, old)),
				{ numRuns: 500 },
			);
			const { problems } = await lifecycle().check({ ...deep, extra: unknown }, undefined, testContext());
			assert.notEqual(problems.length, 0);
		});
	}
});
