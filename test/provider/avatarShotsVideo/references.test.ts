import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../../provider/avatarShotsVideo/check.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import type { CheckedInputs } from "../../../provider/avatarShotsVideo/inputs.ts";
import { canonicalReference, kindOf } from "../../../provider/avatarShotsVideo/references.ts";
import { askedFor } from "../../../provider/avatarShotsVideo/state.ts";
import { keyOfNewTake } from "../../../provider/avatarShotsVideo/submissionKey.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";
import { pngOf, SAMPLES } from "../../support/samples.ts";

const GOOD = { prompt: "A baker carries a tray.", avatarIds: ["look1"] };

describe("references by content", () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const file = async (name: string, bytes: Uint8Array = pngOf(500)) => {
		await writeFile(join(folder, name), bytes);
		return join(folder, name);
	};
	const checked = (references: unknown[], olds?: Values, context = testContext()) =>
		check({ ...GOOD, references }, olds, context);
	const replaces = (before: Values, after: Values) =>
		diff("v1", { ...askedFor(before as CheckedInputs), status: "completed" }, after, testContext()).replaces;

	it("are another render when the file's bytes change, and not when the file moves", async () => {
		const { inputs: before } = await checked([{ file: await file("a.png") }]);
		const { inputs: moved } = await checked([{ file: await file("b.png") }], before);
		assert.deepEqual([replaces(before, moved), moved["submissionKey"]], [[], before["submissionKey"]]);
		const { inputs: changed } = await checked([{ file: await file("b.png", pngOf(500, 1)) }], before);
		assert.deepEqual(replaces(before, changed), ["references"]);
		assert.notEqual(changed["submissionKey"], before["submissionKey"]);
	});

	it("stay as they were where ignoreChanges hands them back, whatever has become of the file", async () => {
		const path = await file("a.png");
		const context = testContext();
		context.uploads.learn("a1", { sha256: "0".repeat(64), mediaType: "image/png" });
		const { inputs: before } = await checked([{ file: path }, { assetId: "a1" }], undefined, context);
		await file("a.png", pngOf(500, 1));
		const run = testContext();
		for (const olds of [before, undefined]) {
			const again = await check(before, olds, run);
			assert.deepEqual(again.problems, []);
			assert.deepEqual(again.inputs["references"], before["references"]);
		}
		const { inputs: forced, problems } = await check(before, undefined, testContext());
		assert.deepEqual(problems, []);
		assert.notDeepEqual(forced["references"], before["references"], "read anew where nothing is known of it");
	});

	it("are of no kind where the ending of a URL is a word of JavaScript's own", () => {
		for (const word of ["constructor", "tostring", "valueof", "__proto__"]) {
			assert.equal(kindOf({ url: `https://h/a.${word}` }), undefined);
		}
	});

	it("are the same as a file, as base64 and as an asset of the stack", async () => {
		const path = await file("a.png");
		const base64 = pngOf(500).toString("base64");
		const { inputs: inline } = await checked([{ base64, mediaType: "image/png" }]);
		const { inputs: asFile } = await checked([{ file: path }]);
		const context = testContext();
		context.uploads.learn("asset1", await context.uploads.contents.of(path));
		const { inputs: asAsset } = await checked([{ assetId: "asset1" }], undefined, context);
		assert.deepEqual([replaces(inline, asFile), replaces(asFile, asAsset)], [[], []]);
	});

	it("ask under the same key whether or not a run knows the bytes of an asset", async () => {
		const context = testContext();
		context.uploads.learn("asset1", { sha256: "ab", mediaType: "image/png" });
		const { inputs: knowing } = await checked([{ assetId: "asset1" }], undefined, context);
		const { inputs: repeated } = await checked([{ assetId: "asset1" }]);
		assert.equal(repeated["submissionKey"], knowing["submissionKey"]);
	});

	it("keep what was known of an asset, also in a run that does not see its resource", async () => {
		const context = testContext();
		context.uploads.learn("asset1", { sha256: "ab", mediaType: "image/png" });
		const { inputs: before } = await checked([{ assetId: "asset1" }], undefined, context);
		const { inputs: after } = await checked([{ assetId: "asset1" }], before);
		assert.deepEqual(replaces(before, after), []);
	});

	for (const [name, known, learnt] of [
		["the bytes are known to the state alone", true, false],
		["the bytes are known to the run alone", false, true],
	] as const) {
		it(`do not hide that a new take of an unchanged video is wanted where ${name}`, async () => {
			const identity = { sha256: "ab", mediaType: "image/png" };
			const references = [{ assetId: "asset1" }];
			const earlier = testContext();
			if (known) earlier.uploads.learn("asset1", identity);
			const { inputs: before } = await checked(references, undefined, earlier);
			const context = testContext();
			if (learnt) context.uploads.learn("asset1", identity);
			await checked(references, before, context);
			const { inputs: taken } = await checked(references, undefined, context);
			assert.equal(taken["submissionKey"], keyOfNewTake(String(before["submissionKey"])));
		});
	}

	it("do not become another render by what is learnt of an asset later", async () => {
		const { inputs: before } = await checked([{ assetId: "asset1" }]);
		const context = testContext();
		context.uploads.learn("asset1", { sha256: "ab", mediaType: "image/png" });
		const { inputs: after } = await checked([{ assetId: "asset1" }], before, context);
		assert.deepEqual([replaces(before, after), after["submissionKey"]], [[], before["submissionKey"]]);
	});

	it("are what the last update knew of each asset, and no more", async () => {
		const before = {
			references: [null, { assetId: "a1" }, { assetId: "a2", sha256: "ab", mediaType: "image/png" }],
		};
		const { inputs } = await checked([{ assetId: "a1" }, { assetId: "a2" }, { assetId: "a3" }], before);
		assert.deepEqual(inputs["references"], [
			{ assetId: "a1" },
			{ assetId: "a2", sha256: "ab", mediaType: "image/png" },
			{ assetId: "a3" },
		]);
	});

	it("cannot be known while a file's path is not", async () => {
		const { inputs, problems } = await checked([{ file: unknown }]);
		assert.deepEqual(inputs["references"], [{ file: unknown, sha256: unknown, mediaType: unknown }]);
		assert.deepEqual([inputs["submissionKey"], problems], [unknown, []]);
	});

	it("are told as wrong when they are none", async () => {
		const { problems } = await checked([null, "a.png"]);
		assert.deepEqual(
			problems.map(({ property }) => property),
			["references[0]", "references[1]"],
		);
	});

	it("come with a word about a file whose name promises another type", async () => {
		const context = testContext();
		await checked([{ file: await file("a.png") }], undefined, context);
		assert.deepEqual(context.warnings, []);
		await checked([{ file: await file("a.jpg") }], undefined, context);
		assert.match(String(context.warnings), /a\.jpg is named like image\/jpeg/);
	});

	it("are told by path when a file cannot be one", async () => {
		const { problems } = await checked([
			{ file: join(folder, "none.png") },
			{ file: await file("a.pdf", SAMPLES["application/pdf"]) },
			{ file: "" },
			{ file: "x.png", url: "https://h/x.png" },
			{ file: unknown },
			{ file: "https://h/x.png?Expires=9&Signature=5ec1e7" },
		]);
		assert.deepEqual(
			problems.map(({ property }) => property),
			[
				"references[2].file",
				"references[3]",
				"references[0].file",
				"references[1].file",
				"references[3].file",
				"references[5].file",
			],
		);
		assert.match(
			String(problems[3]?.reason),
			/is application\/pdf; a reference is an image, a video or a sound\./,
		);
		const asUrl = "https://h/x.png is a URL and no path; write { url } for it instead of { file }.";
		assert.equal(problems[5]?.reason, asUrl);
	});

	it("count among the images by the bytes of a file", async () => {
		const path = await file("picture");
		const { problems } = await checked(Array.from({ length: 9 }, () => ({ file: path })));
		assert.match(String(problems[0]?.reason), /at most 9 images together with the looks; got 9 beside 1/);
	});
});

describe("the kind of a reference", () => {
	const table: [string, Values, string | undefined][] = [
		["a picture's media type", { mediaType: "image/png", url: "https://h/a.mp4" }, "image"],
		["a video's", { mediaType: "video/mp4" }, "video"],
		["a sound's", { mediaType: "audio/wav" }, "audio"],
		["another one's", { mediaType: "application/pdf" }, undefined],
		["one that begins like a picture's", { mediaType: "images/png" }, undefined],
		["the ending of a URL", { url: "https://h/a.b/c.MOV?x=a.png#a.png" }, "video"],
		["a URL without an ending", { url: "https://h.png/a" }, undefined],
		["an ending that is not the path's last part", { url: "https://h/a.png/b" }, undefined],
		["an ending that objects have anyway", { url: "https://h/a.constructor" }, undefined],
		["what is no URL", { url: "a.png" }, undefined],
		["an asset's id", { assetId: "a.png" }, undefined],
	];
	for (const [name, reference, kind] of table) {
		it(`by ${name}: ${kind ?? "not known"}`, () => assert.equal(kindOf(reference), kind));
	}
	it("is not known of what is no reference", () =>
		assert.deepEqual([null, undefined, unknown, "a.png", 1].map(kindOf), Array(5).fill(undefined)));
});

describe("the canonical form of a reference", () => {
	const sha256 = "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6";
	const table: [string, Values, unknown][] = [
		[
			"a URL's is the URL without its signature",
			{ url: "https://h/a.png?v=1&sig=s" },
			["url", "https://h/a.png?v=1"],
		],
		["an asset's is its id", { assetId: "a1" }, ["assetId", "a1"]],
		["an asset's whose bytes are known is their hash", { assetId: "a1", sha256 }, ["content", sha256]],
		["a file's is the hash of its bytes", { file: "a.png", sha256 }, ["content", sha256]],
		[
			"an inline file's is the hash of its bytes",
			{ base64: "iVBORw0KGgo=", mediaType: "x" },
			["content", sha256],
		],
		["one of the state is its hash", { sha256, mediaType: "image/png" }, ["content", sha256]],
		["a URL that is not known has none yet", { url: unknown }, unknown],
		["an asset that is not known has none yet", { assetId: unknown }, unknown],
		["an inline file that is not known has none yet", { base64: unknown, mediaType: "image/png" }, unknown],
		[
			"a file that is not known has none yet",
			{ file: unknown, sha256: unknown, mediaType: unknown },
			unknown,
		],
	];
	for (const [name, reference, expected] of table) {
		it(name, () => assert.deepEqual(canonicalReference(reference), expected));
	}
});
