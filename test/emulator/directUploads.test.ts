import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pngOf, SAMPLES } from "../support/samples.ts";
import { type Answer, at, clientOf, type HeaderLines, perTest, refused } from "./support.ts";

const PNG = pngOf(1000, 1);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** What the first step has answered. */
interface Started {
	readonly asset_id: string;
	readonly upload_url: string;
	readonly upload_headers: HeaderLines;
}

function startedOf(answer: Answer): Started {
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	return at(answer.body, "data") as Started;
}

/** A PUT that the test feeds itself. */
function openPut({ upload_url, upload_headers }: Started, size: number) {
	const headers = { ...upload_headers, "content-length": size };
	const put: ClientRequest = request(upload_url, { method: "PUT", headers });
	const answered = new Promise<IncomingMessage>((resolve, reject) =>
		put.on("response", resolve).on("error", reject),
	);
	return { put, answered };
}

describe("emulator: direct uploads", () => {
	const { start, folder } = perTest();

	const startUpload = (
		client: ReturnType<typeof clientOf>,
		bytes: Buffer,
		{ key, ...changes }: { key?: string; [field: string]: unknown } = {},
	) =>
		client.call(
			"POST",
			"/v3/assets/direct-uploads",
			{
				filename: "a.png",
				content_type: "image/png",
				size_bytes: bytes.length,
				checksum_sha256: sha256(bytes),
				...changes,
			},
			key ? { "idempotency-key": key } : {},
		);
	const put = async (
		{ upload_url, upload_headers }: Started,
		bytes: Buffer<ArrayBuffer>,
		more: HeaderLines = {},
	) => {
		const headers = { ...upload_headers, ...more };
		const response = await fetch(upload_url, { method: "PUT", headers, body: bytes });
		const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
		return code === undefined ? response.status : `${response.status} ${code}`;
	};
	const complete = (client: ReturnType<typeof clientOf>, { asset_id }: Started, body: object = {}) =>
		client.call("POST", `/v3/assets/${asset_id}/complete`, body);

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

	it("writes a large file down as it comes, and shows nothing of it before its end", async () => {
		const data = await folder();
		const client = clientOf(await start({ data }));
		const file = Buffer.concat([SAMPLES["video/mp4"], Buffer.alloc(50_000_000, 3)]);
		const started = startedOf(await startUpload(client, file, { content_type: "video/mp4" }));
		const { put, answered } = openPut(started, file.length);
		put.write(file.subarray(0, 40_000_000));
		const onDisk = async () => {
			const [name] = await readdir(join(data, "assets"));
			return name === undefined ? 0 : (await stat(join(data, "assets", name))).size;
		};
		while ((await onDisk()) < 40_000_000) await delay(5);
		refused(await complete(client, started), 409, "resource_not_ready");
		assert(!(await readdir(join(data, "assets"))).includes(started.asset_id));

		put.end(file.subarray(40_000_000));
		assert.equal((await answered).statusCode, 200);
		assert.deepEqual(await readdir(join(data, "assets")), [started.asset_id]);
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
		const { put: half, answered } = openPut(started, PNG.length);
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
		emulator.control.intercept({ method: "PUT", action: { delaySeconds: 0.1 } });
		const { put: half, answered } = openPut(started, PNG.length);
		half.write(PNG.subarray(0, 500));
		await delay(30);
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
		const { put: half, answered } = openPut(underWay, PNG.length);
		half.write(PNG.subarray(0, 500));
		while ((await readdir(join(data, "assets"))).length < 2) await delay(5);
		await Promise.all([first.close(), assert.rejects(answered)]);
		assert.deepEqual(await readdir(join(data, "assets")), [there.asset_id]);

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
