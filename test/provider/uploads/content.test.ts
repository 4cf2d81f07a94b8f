import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContents, FileProblem, readContent } from "../../../provider/uploads/content.ts";
import { pngOf, SAMPLES } from "../../support/samples.ts";

describe("reading a file that is to be uploaded", () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const write = async (name: string, bytes: Uint8Array | string) => {
		await writeFile(join(folder, name), bytes);
		return join(folder, name);
	};
	const refuses = (path: string, why: RegExp, shown = "the file") =>
		assert.rejects(
			readContent(path, shown),
			(error) => error instanceof FileProblem && why.test(error.message),
		);

	for (const [mediaType, bytes] of Object.entries(SAMPLES)) {
		it(`tells ${mediaType} from the bytes, whatever the name`, async () => {
			const padded = mediaType.startsWith("image/png") ? pngOf(200) : bytes;
			const content = await readContent(await write("no-ending", padded));
			assert.equal(content.mediaType, mediaType);
			assert.equal(content.sizeBytes, padded.length);
			assert.equal(content.sha256, createHash("sha256").update(padded).digest("hex"));
			assert.equal(content.warning, undefined);
		});
	}

	it("takes subtitles with a byte order mark and carriage returns", async () => {
		const text = "\uFEFF1\r\n00:00:00,000 --> 00:00:01,500\r\nHello\r\n";
		assert.equal((await readContent(await write("a.srt", text))).mediaType, "application/x-subrip");
	});

	it("warns of a name that promises another type", async () => {
		const { warning, mediaType } = await readContent(await write("logo.jpg", pngOf(200)), "brand/logo.jpg");
		assert.equal(mediaType, "image/png");
		assert.equal(
			warning,
			"brand/logo.jpg is named like image/jpeg, but its bytes are image/png; it is uploaded as image/png.",
		);
	});

	it("refuses a file that is not there, a folder, and an empty file", async () => {
		await refuses(
			join(folder, "none.png"),
			/^there is no file the file; paths start at the program's folder\.$/,
		);
		await refuses(join(await write("a.png", "x"), "b.png"), /^there is no file/);
		await mkdir(join(folder, "sub"));
		await refuses(join(folder, "sub"), /^the file is a folder; name one file\.$/);
		await refuses(await write("empty.png", ""), /^the file is empty\.$/);
	});

	it("refuses a pipe at once, without waiting for someone to write to it", async () => {
		const pipe = join(folder, "pipe.png");
		execFileSync("mkfifo", [pipe]);
		await refuses(pipe, /^the file is not a regular file\.$/);
	});

	it("refuses kinds that HeyGen does not take, and names what it takes", async () => {
		const taken = "HeyGen takes png, jpg, mp4, webm, mp3, wav, pdf, srt\\.";
		await refuses(
			await write("a.gif", "GIF89a\x01\x00\x01\x00"),
			new RegExp(`^the file is image/gif; ${taken}$`),
		);
		await refuses(await write("a.txt", "hello"), new RegExp(`^the file is of an unknown kind; ${taken}$`));
	});

	it("refuses a file that is larger than HeyGen takes, without reading it", async () => {
		const path = await write("big.mp4", SAMPLES["video/mp4"]);
		const handle = await open(path, "r+");
		await handle.truncate(201 * 1024 * 1024);
		await handle.close();
		await refuses(path, /^the file has 201 MB; HeyGen takes files of up to 200 MB\.$/);
	});

	it("reads a file once while it stays as it is, and again when it has changed", async () => {
		const contents = createContents(folder);
		await write("a.png", pngOf(100));
		const first = contents.of("a.png");
		assert.equal(await contents.of("./a.png"), await first);
		await write("a.png", pngOf(100, 1));
		assert.notEqual((await contents.of("a.png")).sha256, (await first).sha256);
	});
});
