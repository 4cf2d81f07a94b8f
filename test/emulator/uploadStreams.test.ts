import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pngOf, SAMPLES } from "../support/samples.ts";
import { at, clientOf, perTest, refused } from "./support.ts";
import { complete, openPut, put, sha256, startedOf, startUpload } from "./uploads.ts";

const PNG = pngOf(1000, 1);

describe("emulator: the bytes of direct uploads", () => {
	const { start, folder } = perTest();

	it("writes a large file down as it comes, and shows nothing of it before its end", async () => {
		const data = await folder();
		const client = clientOf(await start({ data }));
		const file = Buffer.concat([SAMPLES["video/mp4"], Buffer.alloc(50_000_000, 3)]);
		const started = startedOf(await startUpload(client, file, { content_type: "video/mp4" }));
		const { open, answered } = openPut(started, file.length);
		open.write(file.subarray(0, 40_000_000));
		const onDisk = async () => {
			const [name] = await readdir(join(data, "assets"));
			return name === undefined ? 0 : (await stat(join(data, "assets", name))).size;
		};
		while ((await onDisk()) < 40_000_000) await delay(5);
		refused(await complete(client, started), 409, "resource_not_ready");
		assert(!(await readdir(join(data, "assets"))).some((name) => name.startsWith(started.asset_id)));

		open.end(file.subarray(40_000_000));
		assert.equal((await answered).statusCode, 200);
		assert.deepEqual(await readdir(join(data, "assets")), [`${started.asset_id}-${sha256(file)}`]);
		const { body } = await complete(client, started);
		assert.equal(at(body, "data", "size_bytes"), file.length);
		const hash = createHash("sha256");
		const { body: served } = await fetch(String(at(body, "data", "url")));
		for await (const chunk of served ?? []) hash.update(chunk);
		assert.equal(hash.digest("hex"), sha256(file));
	});

	it("leaves nothing of an upload that breaks off, and takes it again", async () => {
		const data = await folder();
		const emulator = await start({ data });
		const client = clientOf(emulator);
		const started = startedOf(await startUpload(client, PNG));
		const { open: half, answered } = openPut(started, PNG.length);
		half.write(PNG.subarray(0, 500));
		while ((await readdir(join(data, "assets"))).length === 0) await delay(5);
		half.destroy();
		await assert.rejects(answered);
		while (emulator.control.requests().length < 2) await delay(5);
		assert.equal(emulator.control.requests()[1]?.status, null);
		assert.deepEqual(await readdir(join(data, "assets")), []);
		refused(await complete(client, started), 409, "resource_not_ready");
		assert.equal(await put(started, PNG), 200);
		assert.equal((await complete(client, started)).status, 200);
	});

	it("ends in time when the client has given up before its bytes were looked at", async () => {
		const data = await folder();
		const emulator = await start({ data });
		const client = clientOf(emulator);
		const started = startedOf(await startUpload(client, PNG));
		const delayed = emulator.control.intercept({ method: "PUT", action: { delaySeconds: 0.1 } });
		const { open: half, answered } = openPut(started, PNG.length);
		half.write(PNG.subarray(0, 500));
		while (delayed.hits === 0) await delay(5);
		half.destroy();
		await assert.rejects(answered);
		while (emulator.control.requests().length < 2) await delay(5);
		assert.equal(emulator.control.requests()[1]?.status, null);
		await emulator.close();
		assert.deepEqual(await readdir(join(data, "assets")), []);
	});

	it("keeps what came in when the answer is lost", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const started = startedOf(await startUpload(client, PNG));
		emulator.control.intercept({ route: "/uploads/{id}", action: "lose-answer" });
		await assert.rejects(put(started, PNG));
		assert.equal((await complete(client, started)).status, 200);
		assert.equal(emulator.control.uploads(), 1);
	});

	it("goes on after a restart where it was, and forgets what was on its way", async () => {
		const data = await folder();
		const first = await start({ data });
		const there = startedOf(await startUpload(clientOf(first), PNG));
		const underWay = startedOf(await startUpload(clientOf(first), PNG));
		await put(there, PNG);
		const { open: half, answered } = openPut(underWay, PNG.length);
		half.write(PNG.subarray(0, 500));
		while ((await readdir(join(data, "assets"))).length < 2) await delay(5);
		await Promise.all([first.close(), assert.rejects(answered)]);
		assert.deepEqual(await readdir(join(data, "assets")), [`${there.asset_id}-${sha256(PNG)}`]);

		const second = await start({ data });
		const client = clientOf(second);
		assert.equal((await complete(client, there)).status, 200);
		refused(await complete(client, underWay), 409, "resource_not_ready");
		const link = underWay.upload_url.replace(first.url, second.url);
		assert.equal(await put({ ...underWay, upload_url: link }, PNG), 200);
		assert.equal(second.control.uploads(), 2);
	});

	it("keeps files in a temporary folder without a data folder, and removes it at the end", async () => {
		const before = process.env["TMPDIR"];
		const place = await folder();
		process.env["TMPDIR"] = place;
		try {
			const emulator = await start();
			assert.deepEqual(await readdir(place), [], "nothing before the first asset");
			const started = startedOf(await startUpload(clientOf(emulator), PNG));
			await put(started, PNG);
			assert.equal((await readdir(place)).length, 1);
			await emulator.close();
			assert.deepEqual(await readdir(place), []);
		} finally {
			if (before === undefined) delete process.env["TMPDIR"];
			else process.env["TMPDIR"] = before;
		}
	});
});
