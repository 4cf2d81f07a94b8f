import assert from "node:assert/strict";
import { HeyGenRefusal } from "../../../heygen/errors.ts";
import type { Renders } from "../../../provider/rendering/renders.ts";
import { fastClock } from "../../support/clock.ts";
import { testContext } from "../../support/context.ts";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";

type Answer = { status?: number; body: object };
const never = new AbortController().signal;

describe("watching a video whose list of statuses is of no use", () => {
	let server: TestServer;
	let asked: string[];
	let list: () => Answer;
	let videos: Record<string, () => Answer>;
	let renders: Renders;

	beforeEach(async () => {
		asked = [];
		list = () => ({ body: { data: [] } });
		server = await startServer((request, response) => {
			const { pathname } = new URL(request.url ?? "", "http://x");
			asked.push(pathname);
			const id = pathname.split("/").at(-1) ?? "";
			const { status = 200, body } = id === "statuses" ? list() : (videos[id]?.() ?? { body: {} });
			answerJson(response, status, body);
		});
		renders = testContext({ baseUrl: server.url, clock: fastClock() }).renders;
	});
	afterEach(() => server.close());

	const video = (status: string, id = "v1"): Answer => ({ body: { data: { id, status } } });
	const refusal = (status: number, code?: string): Answer => ({
		status,
		body: code ? { error: { code } } : {},
	});
	const line = (status: unknown, video_id = "v1") => ({ body: { data: [{ video_id, status }] } });
	/** One word after the other, and the last one from then on. */
	const inTurn = (...answers: Answer[]) => {
		return () => (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
	};
	const watched = (id = "v1", onTrouble?: (error: unknown) => void) =>
		renders.poller.watch(id, { signal: never, ...(onTrouble ? { onTrouble } : {}) });

	for (const [name, answer] of [
		["leaves the video out", () => ({ body: { data: [] } })],
		["tells it in a word of tomorrow", () => line("succeeded")],
		["tells no word of it", () => line(null)],
		["tells it under another id", () => line("processing", "v_1")],
		["is refused", () => refusal(400, "invalid_parameter")],
	] as const) {
		it(`asks for the video itself where the list ${name}`, async () => {
			list = answer;
			videos = { v1: inTurn(video("processing"), video("completed")) };
			assert.equal(await watched(), "completed");
			assert.equal(asked.filter((path) => path === "/v3/videos/v1").length, 2);
		});
	}

	it("does not ask for the video itself while the list tells its status", async () => {
		list = inTurn(line("queued"), line("waiting"), line("pending"), line("processing"), line("completed"));
		assert.equal(await watched(), "completed");
		assert.deepEqual(new Set(asked), new Set(["/v3/videos/statuses"]));
	});

	it("waits for no other video that cannot be read", async () => {
		videos = {
			v1: () => refusal(503),
			v2: inTurn(video("completed", "v2")),
			v3: () => video(7 as never, "v3"),
		};
		const end = new AbortController();
		const others = ["v1", "v3"].map((id) => renders.poller.watch(id, { signal: end.signal }));
		assert.equal(await watched("v2"), "completed");
		end.abort(new Error("enough"));
		for (const { status } of await Promise.allSettled(others)) assert.equal(status, "rejected");
	});

	it("says that nothing can be read when the video itself cannot either, and goes on", async () => {
		videos = { v1: inTurn(refusal(503), refusal(503), video("completed")) };
		const troubles: unknown[] = [];
		assert.equal(await watched("v1", (error) => troubles.push(error)), "completed");
		assert.equal(troubles.length, 2);
		assert.ok(troubles.every((error) => error instanceof HeyGenRefusal));
	});

	it("ends when the key is revoked", async () => {
		videos = { v1: () => refusal(401, "unauthorized") };
		await assert.rejects(watched(), /unauthorized/);
	});

	it("tells a video that is not there", async () => {
		videos = { v1: () => refusal(404, "video_not_found") };
		assert.equal(await watched(), "not_found");
	});
});
