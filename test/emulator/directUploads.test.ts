import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pngOf } from "../support/samples.ts";
import { at, clientOf, perTest, refused } from "./support.ts";
import { complete, put, sha256, startedOf, startUpload } from "./uploads.ts";

const PNG = pngOf(1000, 1);

describe("emulator: direct uploads", () => {
	const { start } = perTest();

	it("takes a file in three steps and serves it", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const answer = await startUpload(client, PNG);
		const { data } = Object(answer.body);
		assert.deepEqual(
			{ ...data, asset_id: "", upload_url: "" },
			{
				asset_id: "",
				upload_url: "",
				upload_headers: {
					"Content-Type": "image/png",
					"x-amz-checksum-sha256": createHash("sha256").update(PNG).digest("base64"),
				},
				expires_in_seconds: 900,
				max_bytes: 209_715_200,
				status: "pending_upload",
			},
		);
		const started = startedOf(answer);
		assert.equal(emulator.control.assets()[0]?.status, "pending_upload");
		assert.equal(emulator.control.uploads(), 0);
		assert.equal(await put(started, PNG), 200);
		assert.equal(emulator.control.uploads(), 1);

		const { body } = await complete(client, started);
		assert.deepEqual(at(body, "data"), {
			asset_id: started.asset_id,
			url: at(body, "data", "url"),
			mime_type: "image/png",
			size_bytes: 1000,
			status: "completed",
		});
		assert.deepEqual((await complete(client, started, { checksum_sha256: sha256(PNG) })).body, body);
		assert.deepEqual((await client.call("POST", `/v3/assets/${started.asset_id}/complete`)).body, body);
		const file = await fetch(String(at(body, "data", "url")));
		assert(Buffer.from(await file.arrayBuffer()).equals(PNG));
		const [kept] = emulator.control.assets();
		assert.deepEqual([kept?.how, kept?.sha256, kept?.status], ["direct", sha256(PNG), "completed"]);
	});

	const WRONG: [string, object, param: string][] = [
		["no file name", { filename: undefined }, "filename"],
		["an empty file name", { filename: "" }, "filename"],
		["no type", { content_type: undefined }, "content_type"],
		["a type that is not taken", { content_type: "image/gif" }, "content_type"],
		["no size", { size_bytes: undefined }, "size_bytes"],
		["an empty file", { size_bytes: 0 }, "size_bytes"],
		["half a byte", { size_bytes: 1.5 }, "size_bytes"],
		["a byte too many", { size_bytes: 209_715_201 }, "size_bytes"],
		["a checksum in base64", { checksum_sha256: Buffer.alloc(32).toString("base64") }, "checksum_sha256"],
		["an unknown field", { folder: "x" }, "folder"],
	];
	for (const [name, changes, param] of WRONG) {
		it(`refuses ${name} and names ${param}`, async () => {
			const emulator = await start();
			const answer = await startUpload(clientOf(emulator), PNG, { ...changes });
			refused(answer, 400, "invalid_parameter", param);
			assert.deepEqual(emulator.control.assets(), []);
		});
	}

	it("takes the most that `assetMaxBytes` allows, and no checksum at all", async () => {
		const client = clientOf(await start({ assetMaxBytes: 1000 }));
		const started = startedOf(await startUpload(client, PNG, { checksum_sha256: undefined }));
		assert.deepEqual(started.upload_headers, { "Content-Type": "image/png" });
		assert.equal(await put(started, PNG), 200);
		assert.equal((await complete(client, started)).status, 200);
		refused(await startUpload(client, pngOf(1001)), 400, "invalid_parameter", "size_bytes");
	});

	it("answers an Idempotency-Key again with the same link, also after the asset is deleted", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const first = await startUpload(client, PNG, { key: "a" });
		await client.delete(`/v3/assets/${startedOf(first).asset_id}`);
		assert.deepEqual((await startUpload(client, pngOf(5), { key: "a" })).body, first.body);
		assert.equal(await put(startedOf(first), PNG), "404 NoSuchKey");
		refused(await complete(client, startedOf(first)), 404, "asset_not_found");
		emulator.control.clock.advance(24 * 3600 + 1);
		const fresh = await startUpload(client, PNG, { key: "a" });
		assert.notEqual(startedOf(fresh).asset_id, startedOf(first).asset_id);
	});

	it("completes only what is there and has the checksum", async () => {
		const client = clientOf(await start());
		const started = startedOf(await startUpload(client, PNG, { checksum_sha256: undefined }));
		refused(await complete(client, started), 409, "resource_not_ready");
		assert.equal(at((await client.get(`/v3/assets/${started.asset_id}`)).body, "data", "url"), null);
		assert.equal(await put(started, PNG), 200);
		const other = { checksum_sha256: "0".repeat(64) };
		refused(await complete(client, started, other), 400, "invalid_parameter", "checksum_sha256");
		refused(await complete(client, started, { checksum: "x" }), 400, "invalid_parameter", "checksum");
		refused(await complete(client, { ...started, asset_id: "nope" }), 404, "asset_not_found");
		assert.equal(
			(await complete(client, started, { checksum_sha256: sha256(PNG).toUpperCase() })).status,
			200,
		);
		refused(await complete(client, started, other), 400, "invalid_parameter", "checksum_sha256");
	});

	it("refuses to complete bytes of another type than declared, and names both", async () => {
		const client = clientOf(await start());
		const started = startedOf(await startUpload(client, PNG, { content_type: "video/mp4" }));
		assert.equal(await put(started, PNG), 200);
		const message = refused(await complete(client, started), 400, "invalid_parameter");
		assert.match(message, /video\/mp4.*image\/png/);
		const gif = Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(10)]);
		const other = startedOf(await startUpload(client, gif));
		assert.equal(await put(other, gif), 200);
		assert.match(refused(await complete(client, other), 400, "invalid_parameter"), /image\/gif/);
	});

	it("processes for as long as it is told, and is no reference before", async () => {
		const emulator = await start({ assetProcessingSeconds: 30 });
		const client = clientOf(emulator);
		const started = startedOf(await startUpload(client, PNG));
		const references = [{ type: "asset_id", asset_id: started.asset_id }];
		refused(await client.submit({ references }), 409, "resource_not_ready");
		await put(started, PNG);
		refused(await client.submit({ references }), 409, "resource_not_ready");
		assert.equal(at((await complete(client, started)).body, "data", "status"), "processing");
		refused(await client.submit({ references }), 409, "resource_not_ready");
		emulator.control.clock.advance(31);
		assert.equal(at((await complete(client, started)).body, "data", "status"), "completed");
		assert.equal((await client.submit({ references })).status, 200);
	});
});
