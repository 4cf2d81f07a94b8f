import assert from "node:assert/strict";
import { at, clientOf, idOf, perTest, refused } from "./support.ts";

describe("emulator: the life of a video", () => {
	const { start } = perTest();

	it("waits, renders and completes by the emulator's clock", async () => {
		const emulator = await start({ queueSeconds: 10, renderSeconds: 100 });
		const client = clientOf(emulator);
		const submitted = await client.submit({ title: "Kitchen", duration: 8 });
		const id = idOf(submitted);
		assert.match(id, /^[0-9a-f]{32}$/);
		assert.equal(at(submitted.body, "data", "status"), "waiting");
		assert.equal(at(submitted.body, "data", "output_format"), "mp4");

		const seen: unknown[] = [];
		for (const seconds of [0, 50, 100]) {
			emulator.control.clock.advance(seconds);
			const { body } = await client.get(`/v3/videos/${id}`);
			const bulk = await client.get(`/v3/videos/statuses?video_ids=${id}`);
			seen.push([
				at(body, "data", "status"),
				at(bulk.body, "data", 0, "status"),
				typeof at(body, "data", "video_url"),
			]);
		}
		assert.deepEqual(seen, [
			["pending", "queued", "object"],
			["processing", "processing", "object"],
			["completed", "completed", "string"],
		]);
	});

	it("tells of a finished video what HeyGen tells, and none of the inputs but the title", async () => {
		const emulator = await start({ queueSeconds: 10, renderSeconds: 100 });
		const client = clientOf(emulator);
		const submitted = await client.submit({ title: "Kitchen", duration: 8 });
		const created = Math.floor(Date.parse(submitted.headers.get("date") ?? "") / 1000);
		emulator.control.clock.advance(200);
		const { body } = await client.get(`/v3/videos/${idOf(submitted)}`);
		const data = Object(at(body, "data"));
		assert.equal(data.title, "Kitchen");
		assert.equal(data.duration, 8);
		assert(Math.abs(data.created_at - created) <= 1, "created_at and the Date header are one clock");
		assert.equal(data.completed_at - data.created_at, 110);
		assert.equal(data.failure_code, null);
		assert.equal(data.video_page_url, `${emulator.url}/videos/${data.id}`);
		assert(!("prompt" in data) && !("avatar_id" in data));
	});

	it("moves the Date header with its clock", async () => {
		const emulator = await start();
		emulator.control.clock.advance(3600);
		const { headers } = await clientOf(emulator).get("/v3/users/me");
		assert(Date.parse(headers.get("date") ?? "") > Date.now() + 3_500_000);
	});

	it("derives the length from the prompt when asked to, and takes 10 seconds otherwise", async () => {
		const emulator = await start({ queueSeconds: 0, renderSeconds: 0 });
		const client = clientOf(emulator);
		const durations: unknown[] = [];
		for (const changes of [
			{ prompt: "Hello.", auto_duration: true },
			{ prompt: "x".repeat(9000), auto_duration: true },
			{},
			{ duration: null },
		]) {
			const id = idOf(await client.submit(changes));
			durations.push(at((await client.get(`/v3/videos/${id}`)).body, "data", "duration"));
		}
		assert.deepEqual(durations, [4, 15, 10, 10]);
	});

	it("lists the newest first, page by page, and finds by a part of the title", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const ids: string[] = [];
		for (const title of ["One", "Two", "Three"]) ids.unshift(idOf(await client.submit({ title })));

		const first = await client.get("/v3/videos?limit=2");
		assert.equal(at(first.body, "has_more"), true);
		await client.submit({ title: "Four" });
		const second = await client.get(`/v3/videos?limit=2&token=${at(first.body, "next_token")}`);
		const data = [...Object(at(first.body, "data")), ...Object(at(second.body, "data"))];
		assert.deepEqual(
			data.map((video) => video.id),
			ids,
			"a video that came in between shifts no page",
		);
		assert.equal(at(second.body, "next_token"), null);

		const found = await client.get("/v3/videos?title=thr");
		assert.deepEqual(
			Object(at(found.body, "data")).map((video: object) => at(video, "title")),
			["Three"],
		);
		refused(await client.get("/v3/videos?limit=101"), 400, "invalid_parameter", "limit");
		refused(await client.get("/v3/videos?token=nonsense"), 400, "invalid_parameter", "token");
	});

	it("answers up to 100 statuses at once, with not_found for strangers", async () => {
		const client = clientOf(await start());
		const id = idOf(await client.submit());
		const { body } = await client.get(`/v3/videos/statuses?video_ids=${id},deadbeef`);
		assert.equal(at(body, "data", 1, "video_id"), "deadbeef");
		assert.equal(at(body, "data", 1, "status"), "not_found");
		const many = Array.from({ length: 101 }, (_, number) => `id${number}`).join(",");
		refused(await client.get(`/v3/videos/statuses?video_ids=${many}`), 400, "invalid_parameter", "video_ids");
		refused(await client.get("/v3/videos/statuses"), 400, "invalid_parameter", "video_ids");
	});

	it("deletes a video once and for all", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const id = idOf(await client.submit());
		const deleted = await client.delete(`/v3/videos/${id}`);
		assert.deepEqual(deleted.body, { data: { id, deleted: true } });
		const message = refused(await client.get(`/v3/videos/${id}`), 404, "video_not_found");
		assert.equal(message, `Video ${id} not found`);
		refused(await client.delete(`/v3/videos/${id}`), 404, "video_not_found");
		assert.equal(emulator.control.videos()[0]?.deleted, true);
		assert.equal(emulator.control.paidRenders(), 1, "what was rendered stays paid");
	});

	it("refuses to delete a video in progress when told to", async () => {
		const emulator = await start({ deleteInProgress: "conflict" });
		const client = clientOf(emulator);
		const id = idOf(await client.submit());
		refused(await client.delete(`/v3/videos/${id}`), 409, "conflict");
		emulator.control.settings.deleteInProgress = "error";
		refused(await client.delete(`/v3/videos/${id}`), 500, "video_delete_failed");
		emulator.control.clock.advance(60);
		assert.equal((await client.delete(`/v3/videos/${id}`)).status, 200);
	});

	it("fails on demand, at the end or at once, and does not charge for it", async () => {
		const emulator = await start({ queueSeconds: 1, renderSeconds: 10 });
		const client = clientOf(emulator);
		const prompts = ["[fail]", "[fail: content_policy_violation: Not: this]", "[fail: null]", "[fail-now]"];
		const ids: string[] = [];
		for (const marker of prompts) ids.push(idOf(await client.submit({ prompt: `A walk. ${marker}` })));
		emulator.control.failNextRender({ code: "download_failed", message: "The picture is gone" });
		ids.push(idOf(await client.submit()));

		const outcomes = async () => {
			const bodies = await Promise.all(ids.map(async (id) => (await client.get(`/v3/videos/${id}`)).body));
			return bodies.map((body) =>
				["status", "failure_code", "failure_message"].map((field) => at(body, "data", field)),
			);
		};
		const pending = ["pending", null, null];
		const asked = "The render failed, as the prompt asked for";
		assert.deepEqual(await outcomes(), [
			pending,
			pending,
			pending,
			["failed", "rendering_failed", asked],
			pending,
		]);
		emulator.control.clock.advance(11);
		assert.deepEqual(await outcomes(), [
			["failed", "rendering_failed", asked],
			["failed", "content_policy_violation", "Not: this"],
			["failed", null, null],
			["failed", "rendering_failed", asked],
			["failed", "download_failed", "The picture is gone"],
		]);
		assert.equal(emulator.control.paidRenders(), 0);
		assert.equal(emulator.control.acceptedRenders(), 5);
	});
});
