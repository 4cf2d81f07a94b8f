import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import jpeg from "jpeg-js";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { readMp4 } from "./mp4.ts";
import { at, clientOf, idOf, linkOf, perTest } from "./support.ts";

const AT_ONCE = { queueSeconds: 0, renderSeconds: 0 };

describe("emulator: files and links", function () {
	// Encoding takes what processor time the machine has left.
	this.timeout(60_000);
	const { start, folder } = perTest();

	const finished = async (changes: object = {}, options: EmulatorOptions = {}) => {
		const emulator = await start({ ...AT_ONCE, ...options });
		const client = clientOf(emulator);
		const id = idOf(await client.submit({ title: "Kitchen", duration: 4, ...changes }));
		return { emulator, client, id, link: await linkOf(client, id) };
	};
	const bytesOf = async (link: string) => Buffer.from(await (await fetch(link)).arrayBuffer());

	const SIZES: [string, string, number, number][] = [
		["720p", "16:9", 1280, 720],
		["720p", "9:16", 720, 1280],
		["720p", "1:1", 720, 720],
		["1080p", "16:9", 1920, 1080],
		["1080p", "9:16", 1080, 1920],
		["1080p", "1:1", 1080, 1080],
	];
	for (const [resolution, aspect_ratio, width, height] of SIZES) {
		it(`gives ${resolution} at ${aspect_ratio} as H.264 of ${width}x${height} and the asked length`, async () => {
			const { link } = await finished({ resolution, aspect_ratio, duration: 5 });
			const mp4 = readMp4(await bytesOf(link));
			assert.deepEqual([mp4.codec, mp4.width, mp4.height], ["avc1", width, height]);
			assert(Math.abs(mp4.duration - 5) < 0.1, `${mp4.duration} s`);
			assert(mp4.frames >= 10, `${mp4.frames} frames`);
		});
	}

	it("gives each video a picture of its own, and always the same one", async () => {
		const { client, link } = await finished();
		const other = await linkOf(client, idOf(await client.submit({ title: "Kitchen", duration: 4 })));
		const [first, again, second] = [await bytesOf(link), await bytesOf(link), await bytesOf(other)];
		assert(first.equals(again));
		assert(!first.equals(second));
	});

	it("gives a JPEG thumbnail and a GIF preview of the same shape", async () => {
		const { client, id } = await finished({ aspect_ratio: "9:16" });
		const { width, height } = jpeg.decode(await bytesOf(await linkOf(client, id, "thumbnail_url")));
		assert.deepEqual([width, height], [360, 640]);
		const gif = await bytesOf(await linkOf(client, id, "gif_url"));
		assert.equal(gif.toString("latin1", 0, 6), "GIF89a");
		assert.deepEqual([gif.readUInt16LE(6), gif.readUInt16LE(8)], [180, 320]);
	});

	it("answers other requests while it makes a file, and makes it once", async () => {
		const data = await folder();
		const { emulator, client, id, link } = await finished({ resolution: "1080p", duration: 8 }, { data });
		let done = false;
		const both = Promise.all([bytesOf(link), bytesOf(link)]).finally(() => {
			done = true;
		});
		assert.equal((await client.get("/v3/users/me")).status, 200);
		assert.equal(done, false, "the file takes longer than another answer");
		const [one, two] = await both;
		assert(one?.equals(two ?? Buffer.alloc(0)));
		assert.deepEqual(await readdir(join(data, "files", id)), ["video.mp4"]);

		await emulator.close();
		const again = await start({ ...AT_ONCE, data });
		const [, path = ""] = link.split(emulator.url);
		assert((await bytesOf(again.url + path)).equals(one ?? Buffer.alloc(0)), "the link outlives a restart");
	});

	it("makes a new link with every answer", async () => {
		const { client, id, link } = await finished();
		const links = new Set([link, await linkOf(client, id), await linkOf(client, id)]);
		assert.equal(links.size, 3);
		for (const each of links) {
			assert.deepEqual([...new URL(each).searchParams.keys()], ["Expires", "Signature", "Key-Pair-Id"]);
			assert.equal((await fetch(each, { method: "HEAD" })).status, 200);
		}
	});

	it("refuses a link after its time, and one that was changed", async () => {
		const { emulator, client, id, link } = await finished({}, { linkSeconds: 100, signedPreviews: true });
		const changed = [
			link.replace("video.mp4", "preview.gif"),
			link.replace(/Expires=\d+/, "Expires=99999999999"),
			link.replace(/Signature=.../, "Signature=AAA"),
			link.split("?")[0] ?? "",
		];
		for (const each of changed) assert.equal((await fetch(each)).status, 403, each);
		emulator.control.clock.advance(101);
		const expired = await fetch(link);
		assert.equal(expired.status, 403);
		assert.match(await expired.text(), /expired/);
		assert.equal((await fetch(await linkOf(client, id))).status, 200);
	});

	it("presigns stills and previews only when told to", async () => {
		const { emulator, client, id } = await finished();
		const plain = await linkOf(client, id, "thumbnail_url");
		assert.equal(new URL(plain).search, "");
		assert.equal((await fetch(plain, { method: "HEAD" })).status, 200);
		emulator.control.settings.signedPreviews = true;
		assert.equal((await fetch(plain, { method: "HEAD" })).status, 403);
		const signed = await linkOf(client, id, "thumbnail_url");
		assert.equal((await fetch(signed, { method: "HEAD" })).status, 200);
	});

	it("serves parts of a file, and its head", async () => {
		const { link } = await finished();
		const whole = await bytesOf(link);
		const size = whole.length;
		const head = await fetch(link, { method: "HEAD" });
		assert.deepEqual(
			["content-length", "content-type", "accept-ranges"].map((name) => head.headers.get(name)),
			[String(size), "video/mp4", "bytes"],
		);
		const parts: [string, number, number][] = [
			["bytes=0-99", 0, 99],
			[`bytes=${size - 10}-`, size - 10, size - 1],
			["bytes=-5", size - 5, size - 1],
			[`bytes=100-${size * 2}`, 100, size - 1],
		];
		for (const [range, from, to] of parts) {
			const response = await fetch(link, { headers: { range } });
			assert.equal(response.status, 206, range);
			assert.equal(response.headers.get("content-range"), `bytes ${from}-${to}/${size}`);
			const part = Buffer.from(await response.arrayBuffer());
			assert(part.equals(whole.subarray(from, to + 1)), range);
		}
		const beyond = await fetch(link, { headers: { range: `bytes=${size}-` } });
		assert.equal(beyond.status, 416);
		assert.equal(beyond.headers.get("content-range"), `bytes */${size}`);
	});

	it("serves a part only of the file that If-Range names", async () => {
		const { link } = await finished();
		const etag = (await fetch(link, { method: "HEAD" })).headers.get("etag") ?? "";
		assert.match(etag, /^"[0-9a-f]{32}"$/);
		const part = (ifRange: string) =>
			fetch(link, { headers: { range: "bytes=10-", "if-range": ifRange } }).then(({ status }) => status);
		assert.deepEqual([await part(etag), await part('"another"')], [206, 200]);
	});

	it("breaks a link half-way, and serves no parts, when told to", async () => {
		const { emulator, link } = await finished();
		const whole = await bytesOf(link);
		const intercept = { route: "/files/{id}/{name}", times: 2 };
		emulator.control.intercept({ ...intercept, action: { breakAfterBytes: 20_000 } });
		for (const [range, status] of [
			[undefined, 200],
			["bytes=1000-", 206],
		] as const) {
			const response = await fetch(link, { headers: range ? { range } : {} });
			const from = range ? 1_000 : 0;
			const announced = Number(response.headers.get("content-length"));
			assert.deepEqual([response.status, announced], [status, whole.length - from]);
			let got = Buffer.alloc(0);
			await assert.rejects(async () => {
				for await (const bytes of response.body ?? []) got = Buffer.concat([got, bytes]);
			});
			assert.ok(got.equals(whole.subarray(from, from + 20_000)), `${got.length} bytes`);
		}
		assert.ok((await bytesOf(link)).equals(whole));

		emulator.control.intercept({ ...intercept, times: 1, action: "no-ranges" });
		const response = await fetch(link, { headers: { range: "bytes=10-" } });
		assert.deepEqual([response.status, response.headers.get("etag")], [200, null]);
		assert.ok(Buffer.from(await response.arrayBuffer()).equals(whole));
	});

	it("has no file of a deleted video", async () => {
		const data = await folder();
		const { client, id, link } = await finished({}, { data });
		await bytesOf(link);
		await client.delete(`/v3/videos/${id}`);
		assert.equal((await fetch(link)).status, 404);
		assert.deepEqual(await readdir(join(data, "files")), []);
	});

	it("deletes a video whose file is being made, at once and with nothing left", async () => {
		const data = await folder();
		const { client, id, link } = await finished({ duration: 8 }, { data });
		let served = false;
		const asked = fetch(link).finally(() => {
			served = true;
		});
		await client.get("/v3/users/me");
		assert.equal((await client.delete(`/v3/videos/${id}`)).status, 200);
		assert.equal(served, false, "the file takes longer than its removal");
		assert.equal((await asked).status, 404);
		assert.deepEqual(await readdir(data).then((names) => names.filter((name) => name === "files")), []);
	});

	it("clears away at its start what a kill has left, and no file that is whole", async () => {
		const data = await folder();
		const first = await finished({}, { data });
		const whole = await bytesOf(first.link);
		const deleted = idOf(await first.client.submit());
		await first.client.delete(`/v3/videos/${deleted}`);
		await first.emulator.close();
		for (const name of [join("files", first.id), join("files", deleted), join("files", "unknown"), "looks"]) {
			await mkdir(join(data, name), { recursive: true });
			await writeFile(join(data, name, "video.mp4.0a1b2c3d.tmp"), "half");
		}

		const again = await start({ ...AT_ONCE, data });
		assert.deepEqual(await readdir(join(data, "files")), [first.id]);
		assert.deepEqual(await readdir(join(data, "files", first.id)), ["video.mp4"]);
		assert.deepEqual(await readdir(join(data, "looks")), []);
		assert((await bytesOf(first.link.replace(first.emulator.url, again.url))).equals(whole));
	});

	it("has a picture of each look", async () => {
		const { client } = await finished();
		const { body } = await client.get("/v3/avatars/looks?limit=1");
		const picture = await bytesOf(String(at(body, "data", 0, "preview_image_url")));
		assert.equal(jpeg.decode(picture).width, 640);
	});
});
