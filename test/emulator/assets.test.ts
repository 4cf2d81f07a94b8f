import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf, SAMPLES } from "../support/samples.ts";
import { assetIdOf, at, clientOf, perTest, refused } from "./support.ts";
import { sha256 } from "./uploads.ts";

const PNG = SAMPLES["image/png"];

describe("emulator: assets", () => {
	const { start, folder } = perTest();

	it("answers an Idempotency-Key again for 24 hours, also after the asset is deleted", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const first = await client.upload(PNG, { idempotencyKey: "a" });
		assert.deepEqual((await client.upload(pngOf(99), { idempotencyKey: "a" })).body, first.body);
		await client.delete(`/v3/assets/${assetIdOf(first)}`);
		assert.deepEqual((await client.upload(PNG, { idempotencyKey: "a" })).body, first.body);
		assert.equal(emulator.control.uploads(), 1);
		emulator.control.clock.advance(24 * 3600 + 1);
		assert.notEqual(assetIdOf(await client.upload(PNG, { idempotencyKey: "a" })), assetIdOf(first));
		assert.equal(emulator.control.uploads(), 2);
	});

	it("answers 409 while a request with the key is in progress", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const held = emulator.control.intercept({ route: "/v3/assets", action: { delaySeconds: 3 } });
		const first = client.upload(PNG, { idempotencyKey: "a" });
		while (held.hits === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		refused(await client.upload(PNG, { idempotencyKey: "a" }), 409, "request_in_progress");
		assetIdOf(await first);
		assert.equal(emulator.control.uploads(), 1);
	});

	it("tells about an asset, and deletes it with its bytes", async () => {
		const data = await folder();
		const emulator = await start({ data });
		const client = clientOf(emulator);
		const uploaded = await client.upload(PNG, { name: "logo.png" });
		const id = assetIdOf(uploaded);
		const { body } = await client.get(`/v3/assets/${id}`);
		assert.deepEqual(at(body, "data"), {
			id,
			name: "logo.png",
			type: "image",
			owner: "emulator",
			space_id: "space-emulator",
			uploaded_at: at(body, "data", "uploaded_at"),
			folder_id: null,
			url: at(uploaded.body, "data", "url"),
		});
		assert(Math.abs(Number(at(body, "data", "uploaded_at")) - Date.now() / 1000) < 60);
		assert.deepEqual(await readdir(join(data, "assets")), [`${id}-${sha256(PNG)}`]);

		assert.deepEqual((await client.delete(`/v3/assets/${id}`)).body, { data: { id } });
		assert.deepEqual(await readdir(join(data, "assets")), []);
		const message = refused(await client.get(`/v3/assets/${id}`), 404, "asset_not_found");
		assert.equal(message, `Asset ${id} not found`);
		refused(await client.delete(`/v3/assets/${id}`), 404, "asset_not_found");
		assert.equal((await fetch(String(at(uploaded.body, "data", "url")))).status, 404);
		assert.equal(emulator.control.assets()[0]?.deleted, true);
	});

	it("lists an account's assets by its username, the newest first, in pages", async () => {
		const client = clientOf(await start());
		const ids: string[] = [];
		for (let count = 0; count < 21; count++) ids.unshift(assetIdOf(await client.upload(PNG)));
		const first = (await client.get("/v3/assets?username=emulator")).body;
		assert.equal(Object(at(first, "data")).length, 20);
		const rest = (await client.get(`/v3/assets?username=emulator&token=${at(first, "next_token")}`)).body;
		const listed = [...Object(at(first, "data")), ...Object(at(rest, "data"))].map(({ id }) => id);
		assert.deepEqual(listed, ids);
		assert.equal(at(rest, "has_more"), false);
		refused(await client.get("/v3/assets"), 400, "invalid_parameter", "username");
		refused(await client.get("/v3/assets?username=emulator&limit=101"), 400, "invalid_parameter", "limit");
	});

	it("keeps accounts apart", async () => {
		const accounts = ["one", "two"].map((name) => ({ apiKey: name, username: name }));
		const { url } = await start({ accounts });
		const one = clientOf({ url, apiKey: "one" });
		const two = clientOf({ url, apiKey: "two" });
		const id = assetIdOf(await one.upload(PNG, { idempotencyKey: "a" }));
		assert.notEqual(assetIdOf(await two.upload(PNG, { idempotencyKey: "a" })), id);
		refused(await two.get(`/v3/assets/${id}`), 404, "asset_not_found");
		refused(await two.delete(`/v3/assets/${id}`), 404, "asset_not_found");
		refused(await two.submit({ references: [{ type: "asset_id", asset_id: id }] }), 404, "asset_not_found");
		assert.deepEqual(at((await two.get("/v3/assets?username=one")).body, "data"), []);
	});

	it("forgets assets after `assetHours`", async () => {
		const emulator = await start({ assetHours: 2 });
		const client = clientOf(emulator);
		const uploaded = await client.upload(PNG);
		emulator.control.clock.advance(2 * 3600 - 60);
		assert.equal((await client.get(`/v3/assets/${assetIdOf(uploaded)}`)).status, 200);
		emulator.control.clock.advance(60);
		refused(await client.get(`/v3/assets/${assetIdOf(uploaded)}`), 404, "asset_not_found");
		assert.deepEqual(at((await client.get("/v3/assets?username=emulator")).body, "data"), []);
		assert.equal((await fetch(String(at(uploaded.body, "data", "url")))).status, 404);
	});

	it("serves the bytes to anyone under the asset's link, whole and in parts", async () => {
		const bytes = pngOf(300_000, 7);
		const { body } = await clientOf(await start()).upload(bytes);
		const link = String(at(body, "data", "url"));
		assert.match(link, /\.png$/);
		const whole = await fetch(link);
		assert.equal(whole.headers.get("content-type"), "image/png");
		assert(Buffer.from(await whole.arrayBuffer()).equals(bytes));
		const head = await fetch(link, { method: "HEAD" });
		assert.equal(head.headers.get("content-length"), String(bytes.length));
		for (const [range, from, to] of [
			["bytes=0-9", 0, 9],
			["bytes=299990-", 299_990, 299_999],
			["bytes=-5", 299_995, 299_999],
		] as const) {
			const part = await fetch(link, { headers: { range } });
			assert.equal(part.status, 206);
			assert.equal(part.headers.get("content-range"), `bytes ${from}-${to}/300000`);
			assert(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(from, to + 1)), range);
		}
		assert.equal((await fetch(link, { headers: { range: "bytes=300000-" } })).status, 416);
		assert.equal((await fetch(link.replace(".png", ".jpg"))).status, 404);
	});

	it("keeps assets over a restart, and clears away what a kill has left half done", async () => {
		const data = await folder();
		const first = await start({ data });
		const uploaded = await clientOf(first).upload(PNG, { idempotencyKey: "a" });
		await first.close();
		await writeFile(join(data, "assets", "0123456789abcdef.tmp"), "half");
		await writeFile(join(data, "assets", "f".repeat(32)), "whole, but its asset was not kept");

		const second = await start({ data });
		const client = clientOf(second);
		const id = assetIdOf(uploaded);
		assert.deepEqual(await readdir(join(data, "assets")), [`${id}-${sha256(PNG)}`]);
		assert.deepEqual((await client.upload(PNG, { idempotencyKey: "a" })).body, uploaded.body);
		const link = String(at((await client.get(`/v3/assets/${id}`)).body, "data", "url"));
		assert(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(PNG));
		assert.equal(second.control.uploads(), 1);
	});

	it("shows a test what was uploaded, also over HTTP", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const id = assetIdOf(await client.upload(PNG, { name: "a.png" }));
		assert.deepEqual(emulator.control.assets(), [
			{
				id,
				username: "emulator",
				name: "a.png",
				mimeType: "image/png",
				sizeBytes: PNG.length,
				sha256: createHash("sha256").update(PNG).digest("hex"),
				status: "completed",
				deleted: false,
				createdAt: emulator.control.assets()[0]?.createdAt,
				how: "multipart",
			},
		]);
		assert.deepEqual((await client.get("/_emulator/assets")).body, emulator.control.assets());
		assert.deepEqual((await client.get("/_emulator/uploads")).body, { accepted: 1 });
	});
});

describe("emulator: assets as references", () => {
	const { start } = perTest();

	it("refuses an asset that is not there, and one that was deleted", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const submit = (asset_id: string) => client.submit({ references: [{ type: "asset_id", asset_id }] });
		const id = assetIdOf(await client.upload(PNG));
		assert.equal((await submit(id)).status, 200);
		await client.delete(`/v3/assets/${id}`);
		assert.equal(refused(await submit(id), 404, "asset_not_found"), `Asset ${id} not found`);
		refused(await submit("nope"), 404, "asset_not_found");
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("counts assets against nine images and three videos by what they are", async () => {
		const client = clientOf(await start());
		const reference = async (bytes: Buffer) => ({
			type: "asset_id",
			asset_id: assetIdOf(await client.upload(bytes)),
		});
		const [image, video, sound, document] = [
			await reference(PNG),
			await reference(SAMPLES["video/mp4"]),
			await reference(SAMPLES["audio/wav"]),
			await reference(SAMPLES["application/pdf"]),
		];
		const submit = (...references: object[]) => client.submit({ references });
		assert.equal((await submit(...Array(8).fill(image), ...Array(3).fill(video), sound)).status, 200);
		for (const references of [Array(9).fill(image), Array(4).fill(video), [document]]) {
			refused(await submit(...references), 400, "invalid_parameter", "references");
		}
	});
});
