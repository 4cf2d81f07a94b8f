import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../../provider/asset/check.ts";
import { GivenFile, unknown, type Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";
import { pngOf } from "../../support/samples.ts";

describe("checking an asset's inputs", () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
		await writeFile(join(folder, "logo.png"), pngOf(500));
		await writeFile(join(folder, "logo.jpg"), pngOf(500));
		await writeFile(join(folder, "empty.png"), "");
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const checked = (inputs: Values, context = testContext()) => check(inputs, undefined, context);
	const problems = async (inputs: Values) =>
		(await checked(inputs)).problems.map(({ property, reason }) => `${property}: ${reason}`);

	it("tells what the file holds, so that a preview shows a change of it", async () => {
		const source = join(folder, "logo.png");
		const { inputs } = await checked({ source });
		const { sha256, ...others } = inputs;
		assert.deepEqual(others, { source, mimeType: "image/png", sizeBytes: 500 });
		assert.match(String(sha256), /^[0-9a-f]{64}$/);
	});

	it("knows a remote file and a text by the engine's hash", async () => {
		for (const source of [
			{ uri: "https://h/a.png" },
			{ text: "1\n00:00:00,000 --> 00:00:01,500\nHello\n" },
		]) {
			const { inputs, problems: none } = await checked({ source: new GivenFile("abc", source) });
			assert.deepEqual([inputs["sha256"], none], ["abc", []]);
		}
	});

	it("refuses a remote file whose URL holds a password, and one that is no place", async () => {
		const remote = (uri: string) => problems({ source: new GivenFile("abc", { uri }) });
		const reason =
			"source: the file's URL must not hold a user name or a password: it would be kept and shown.";
		assert.deepEqual(await remote("https://me:pw@h/a.png"), [reason]);
		assert.deepEqual(await remote("https://:pw@h/a.png"), [reason]);
		for (const uri of ["file://elsewhere/a.png", "file:///a%2Fb.png"]) {
			assert.match(
				String(await remote(uri)),
				/^source: file:.* names no file of this machine; give it by its path\.$/,
			);
		}
	});

	it("leaves a source that is not known yet aside", async () => {
		const { inputs, problems: none } = await checked({ source: unknown });
		assert.deepEqual([inputs["sha256"], none], [unknown, []]);
	});

	it("tells a missing, empty or unfit file, and an input that is none", async () => {
		assert.match(String(await problems({ source: join(folder, "none.png") })), /^source: there is no file /);
		assert.match(String(await problems({ source: join(folder, "empty.png") })), /^source: .* is empty\.$/);
		assert.match(String(await problems({ source: folder })), /^source: .* is a folder; name one file\.$/);
		assert.deepEqual(await problems({ source: new GivenFile("abc", undefined) }), ["source: is empty."]);
		assert.match(String(await problems({ source: new GivenFile("abc", { text: "hello" }) })), /SubRip form/);
		assert.match(
			String(await problems({ source: new GivenFile("abc", { uri: "file://host/a.png" }) })),
			/^source: file:\/\/host\/a\.png names no file of this machine/,
		);
		assert.deepEqual(await problems({ file: "a.png" }), [
			"source: must be a file's path, or one of Pulumi's FileAsset, RemoteAsset and StringAsset; got nothing.",
			"file: there is no such input; did you mean source?",
		]);
	});

	it("says how a URL is given instead of a path, without what it is signed with", async () => {
		assert.deepEqual(await problems({ source: "https://h/a.png?Expires=9&Signature=5ec1e7" }), [
			"source: https://h/a.png is a URL and no path; give it as new pulumi.asset.RemoteAsset(url).",
		]);
	});

	it("takes a file whose name promises another type, with a word about it", async () => {
		const context = testContext();
		await checked({ source: join(folder, "logo.jpg") }, context);
		assert.match(String(context.warnings), /is named like image\/jpeg, but its bytes are image\/png/);
	});
});
