import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pngOf } from "../support/samples.ts";
import { at, clientOf, perTest, refused } from "./support.ts";
import { complete, put, startedOf, startUpload } from "./uploads.ts";

const PNG = pngOf(1000, 1);

describe("emulator: the link of a direct upload", () => {
	const { start, folder } = perTest();

	it("refuses HeyGen's credentials at the link, and takes the bytes without them afterwards", async () => {
		const emulator = await start();
		const started = startedOf(await startUpload(clientOf(emulator), PNG));
		for (const headers of [{ "x-api-key": "emulator-key" }, { authorization: "Bearer emulator-key" }]) {
			assert.equal(await put(started, PNG, headers), "400 InvalidArgument");
		}
		assert.equal(emulator.control.uploads(), 0);
		assert.equal(await put(started, PNG), 200);
	});

	it("refuses other headers, another size and another link than it has signed", async () => {
		const emulator = await start();
		const started = startedOf(await startUpload(clientOf(emulator), PNG));
		const other = startedOf(await startUpload(clientOf(emulator), PNG));
		const mismatch = "403 SignatureDoesNotMatch";
		assert.equal(await put(started, PNG, { "Content-Type": "image/jpeg" }), mismatch);
		assert.equal(await put({ ...started, upload_headers: {} }, PNG), mismatch);
		assert.equal(await put(started, pngOf(999)), mismatch);
		assert.equal(await put(started, pngOf(1001)), mismatch);
		const swapped = started.upload_url.replace(started.asset_id, other.asset_id);
		assert.equal(await put({ ...started, upload_url: swapped }, PNG), mismatch);
		const [bare = ""] = started.upload_url.split("?");
		assert.equal(await put({ ...started, upload_url: bare }, PNG), mismatch);
		assert.equal(emulator.control.uploads(), 0);
	});

	it("refuses a body without a length", async () => {
		const started = startedOf(await startUpload(clientOf(await start()), PNG));
		const headers = started.upload_headers;
		const body = new Blob([PNG]).stream();
		const response = await fetch(started.upload_url, { method: "PUT", headers, body, duplex: "half" });
		assert.equal(response.status, 411);
	});

	it("refuses bytes of another checksum, and keeps none of them", async () => {
		const data = await folder();
		const client = clientOf(await start({ data }));
		const started = startedOf(await startUpload(client, PNG));
		assert.equal(await put(started, pngOf(1000, 2)), "400 BadDigest");
		assert.deepEqual(await readdir(join(data, "assets")), []);
		refused(await complete(client, started), 409, "resource_not_ready");
	});

	it("closes the link after its seconds on the clock", async () => {
		const emulator = await start({ uploadLinkSeconds: 60 });
		const started = startedOf(await startUpload(clientOf(emulator), PNG));
		emulator.control.clock.advance(58);
		assert.equal(await put(started, PNG), 200);
		emulator.control.clock.advance(3);
		assert.equal(await put(started, PNG), "403 AccessDenied");
	});

	it("keeps no signature in what it records", async () => {
		const emulator = await start();
		const started = startedOf(await startUpload(clientOf(emulator), PNG));
		await put(started, PNG);
		const recorded = emulator.control.requests().at(-1);
		assert.deepEqual([recorded?.method, recorded?.route, recorded?.body], ["PUT", "/uploads/{id}", null]);
		const signature = new URL(started.upload_url).searchParams.get("Signature");
		assert(signature && !recorded?.path.includes(signature));
	});

	it("takes the same bytes again, and no others once the asset is complete", async () => {
		const client = clientOf(await start());
		const started = startedOf(await startUpload(client, PNG, { checksum_sha256: undefined }));
		assert.equal(await put(started, pngOf(1000, 2)), 200);
		assert.equal(await put(started, PNG), 200);
		const { body } = await complete(client, started);
		assert.equal(await put(started, PNG), 200);
		assert.equal(await put(started, pngOf(1000, 2)), "403 AccessDenied");
		const file = await fetch(String(at(body, "data", "url")));
		assert(Buffer.from(await file.arrayBuffer()).equals(PNG));
	});
});
