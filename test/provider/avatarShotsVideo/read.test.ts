import assert from "node:assert/strict";
import { read } from "../../../provider/avatarShotsVideo/read.ts";
import { made, scene } from "./support.ts";

describe("reading a video", () => {
	const at = scene();
	for (const [whose, action] of [
		["a gateway", { status: 404, html: "<h1>Not found</h1>" }],
		["HeyGen", { status: 404, code: "video_not_found" }],
	] as const) {
		it(`does not lose it to a passing 404 of ${whose}`, async () => {
			const { id, state } = await made(at.run());
			at.emulator.control.clock.advance(25 * 3600);
			at.emulator.control.intercept({ method: "GET", route: "/v3/videos/{id}", times: 2, action });
			assert.equal((await read(id, state, at.run()))?.id, id);
		});
	}

	it("finds nothing when it was deleted", async () => {
		const { id, state } = await made(at.run());
		await at.run().heygen().deleteVideo(id);
		assert.equal(await read(id, state, at.run()), undefined);
	});
});
