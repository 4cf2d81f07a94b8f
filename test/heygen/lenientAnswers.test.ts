import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { createClient } from "../../heygen/client.ts";
import { HeyGenRequestInvalid } from "../../heygen/errors.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, startServer, type TestServer } from "../support/httpServer.ts";

const FILE = { path: "a.png", name: "a.png", mediaType: "image/png", sizeBytes: 3, sha256: "00" };

describe("an answer that is odd where nothing depends on it", () => {
	let server: TestServer;
	let respond: (response: ServerResponse) => void;
	let asked: string[];

	beforeEach(async () => {
		asked = [];
		server = await startServer((request, response) => {
			asked.push(request.url ?? "");
			request.resume();
			respond(response);
		});
	});
	afterEach(() => server.close());

	const answered = (data: unknown) => {
		respond = (response) => answerJson(response, 200, { data });
		return client();
	};
	const client = () => createClient({ apiKey: "k", baseUrl: server.url, clock: fastClock() });

	it("says whose key it is, whatever it says of how the account pays", async () => {
		for (const odd of [
			{ subscription: { plan: null, credits: 3 } },
			{ subscription: "free", usage_based: [] },
			{ subscription: { plan: "pro", credits: { premium_credits: { remaining: "7", resets_at: {} } } } },
			{ wallet: 7, email: {}, billing_type: 1 },
		]) {
			assert.equal((await answered({ username: "me", ...odd }).getAccount()).username, "me");
		}
	});

	it("lists a look by its id, its name and its type", async () => {
		const odd = { image_width: "1080", tags: [null], error: "none", status: 3, preview_image_url: {} };
		const look = { id: "l1", name: "Studio", avatar_type: "photo_avatar" };
		const [listed] = await answered([{ ...look, ...odd }]).listAvatarLooks();
		assert.deepEqual(
			[listed?.id, listed?.image_width, listed?.tags, listed?.error],
			["l1", undefined, undefined, undefined],
		);
	});

	it("makes a place for an upload, also with numbers as texts and texts as numbers", async () => {
		const headers = { "Content-Type": "image/png", "Content-Length": 3 };
		const odd = { expires_in_seconds: "900", max_bytes: "1", upload_headers: headers };
		const place = await answered({ asset_id: "a1", upload_url: "https://s/1", ...odd }).startDirectUpload(
			FILE,
			"k",
		);
		assert.deepEqual(place.upload_headers, { "Content-Type": "image/png", "Content-Length": "3" });
		assert.equal(place.max_bytes, undefined);
		const asset = { asset_id: "a1", size_bytes: "3", mime_type: 1, url: {}, status: 0 };
		assert.equal((await answered(asset).completeDirectUpload("a1", "00")).asset_id, "a1");
	});

	for (const [name, respondTo] of [
		["nothing", (response: ServerResponse) => void response.writeHead(204).end()],
		["null", (response: ServerResponse) => answerJson(response, 200, { data: null })],
		["an id of another form", (response: ServerResponse) => answerJson(response, 202, { data: { id: 7 } })],
	] as const) {
		it(`has deleted what it says is deleted, by ${name}`, async () => {
			respond = respondTo;
			await client().deleteVideo("v1");
			await client().deleteAsset("a1");
			await client().deleteWebhookEndpoint("e1");
			assert.equal(asked.length, 3);
		});
	}

	it("has deleted nothing where a gateway's page is the answer", async () => {
		respond = (response) => void response.end("<h1>Log in</h1>");
		await assert.rejects(client().deleteVideo("v1"), /not what the API promises/);
		assert.equal(asked.length, 5);
	});

	it("may have numbers for ids", async () => {
		const body = { type: "avatar_shots", prompt: "A baker.", avatar_id: ["l1"], duration: 6 } as const;
		assert.equal(
			(await answered({ video_id: 7 }).submitVideo({ ...body, avatar_id: ["l1"] }, "k")).videoId,
			"7",
		);
		assert.equal((await answered({ id: 7, status: "completed" }).getVideo("7")).id, "7");
		const statuses = await answered([{ video_id: 7, status: "failed" }]).videoStatuses(["7"]);
		assert.deepEqual([...statuses], [["7", "failed"]]);
		const endpoint = { endpoint_id: 7, url: "https://h", secret: "whsec_1" };
		assert.equal((await answered([endpoint]).findWebhookEndpoint("7"))?.endpoint_id, "7");
		assert.equal((await answered({ asset_id: 7 }).completeDirectUpload("7", "00")).asset_id, "7");
	});

	it("is of the video that was asked for, under the id that it was asked by", async () => {
		const video = await answered({ id: "5f0c", status: "completed" }).getVideo("v_5f0c");
		assert.equal(video.id, "v_5f0c");
	});

	it("does not turn an id into another place of the API", async () => {
		for (const id of ["v/1", "v%2F1", "v 1", "ü", "…", "v?1#2", "\ud800"]) {
			await answered({ id, status: "completed" }).getVideo(id);
		}
		const places = ["v%2F1", "v%252F1", "v%201", "%C3%BC", "%E2%80%A6", "v%3F1%232", "%EF%BF%BD"];
		assert.deepEqual(
			asked,
			places.map((place) => `/v3/videos/${place}`),
		);
		for (const id of [".", "..", ""]) {
			await assert.rejects(client().deleteVideo(id), HeyGenRequestInvalid);
		}
		assert.equal(asked.length, places.length);
	});

	it("may hold names that mean something to JavaScript", async () => {
		const text = '{"data":{"id":"v1","status":"completed","__proto__":{"status":"failed"},"constructor":1}}';
		respond = (response) => void response.end(text);
		const video = await client().getVideo("v1");
		assert.equal(video.status, "completed");
		assert.equal(Object.getPrototypeOf(video), Object.prototype);
		respond = (response) => void response.end('{"__proto__":{"data":{"id":"v1","status":"completed"}}}');
		await assert.rejects(client().getVideo("v1"), /not what the API promises: data/);
	});

	it("may begin with a byte order mark, and be of any type", async () => {
		for (const type of [
			"text/plain",
			"application/json; charset=utf-8",
			"application/problem+json;charset=x",
		]) {
			respond = (response) => {
				response.writeHead(202, { "content-type": type });
				response.end('\ufeff{"data":{"id":"v1","status":"completed"}}');
			};
			assert.equal((await client().getVideo("v1")).status, "completed");
		}
	});
});
