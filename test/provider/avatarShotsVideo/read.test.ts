import assert from "node:assert/strict";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { read } from "../../../provider/avatarShotsVideo/read.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

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

	it("tells the title that HeyGen has of one that is only looked up, and of no other", async () => {
		const { id, state } = await made(at.run(), { ...VIDEO, title: "Kitchen" });
		assert.equal((await read(id, {}, at.run()))?.state["title"], "Kitchen");
		const { title: _, ...untitled } = state;
		assert.equal((await read(id, untitled, at.run()))?.state["title"], undefined);
	});

	it("finds nothing when it was deleted", async () => {
		const { id, state } = await made(at.run());
		await at.run().heygen().deleteVideo(id);
		assert.equal(await read(id, state, at.run()), undefined);
	});

	it("leaves the title as the user gave it, also when none was given", async () => {
		for (const title of ["Kitchen", undefined]) {
			const inputs = checked({ ...VIDEO, title }, at.run());
			const { id, state: made } = await create(inputs, at.run());
			const state = JSON.parse(JSON.stringify(made));
			const seen = await read(id, state, at.run());
			assert.equal(seen?.state["title"], title);
			assert.deepEqual(diff(id, seen?.state ?? {}, inputs, at.run()), { changed: false, replaces: [] });
		}
	});

	it("shows the title without its mark where only the id is known", async () => {
		const { id } = await made(at.run(), { ...VIDEO, title: "Kitchen" });
		assert.equal((await read(id, {}, at.run()))?.state["title"], "Kitchen");
	});
});
