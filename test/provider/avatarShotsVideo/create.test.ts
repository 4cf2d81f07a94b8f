import assert from "node:assert/strict";
import { made, scene } from "./support.ts";

const GATEWAY = { status: 404, html: "<h1>Not found</h1>" } as const;
const NOT_FOUND = { status: 404, code: "video_not_found" } as const;

describe("creating a video", () => {
	const at = scene();
	const answerReads = (times: number, action: typeof GATEWAY | typeof NOT_FOUND) =>
		at.emulator.control.intercept({ method: "GET", route: "/v3/videos/{id}", times, action });
	const remove = (id: string) => at.run().heygen().deleteVideo(id);

	it("pays once when a gateway says that the new video is not there", async () => {
		answerReads(6, GATEWAY);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("pays once when HeyGen does not show the new video for a while", async () => {
		answerReads(20, NOT_FOUND);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("pays once when its reads never know the video that its list of statuses knows", async () => {
		answerReads(60, NOT_FOUND);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("renders anew, soon, when what the key stands for was deleted", async () => {
		const { id } = await made(at.run());
		await remove(id);
		const context = at.run();
		const start = context.clock.elapsed();
		const next = await made(context);
		const tookMs = context.clock.elapsed() - start;
		assert.deepEqual([at.paid(), at.alive()], [2, [next.id]]);
		assert.ok(tookMs >= 10_000 && tookMs < 60_000, `${tookMs} ms`);
	});

	it("goes on waiting when something on the way refuses to let its statuses through", async () => {
		at.emulator.control.intercept({
			route: "/v3/videos/statuses",
			times: 3,
			action: { status: 403, html: "<h1>Blocked</h1>" },
		});
		await made(at.run());
		assert.equal(at.paid(), 1);
	});

	it("stops at once when HeyGen itself says that the key may not read", async () => {
		const action = { status: 403, code: "forbidden" } as const;
		at.emulator.control.settings.renderSeconds = 3600;
		at.emulator.control.intercept({ route: "/v3/videos/statuses", times: 9, action });
		await assert.rejects(made(at.run()), /403 forbidden/);
	});
});
