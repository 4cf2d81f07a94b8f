import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

describe("adoptVideoId", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const aliveIds = () =>
		scene.emulator.control.videos().flatMap((video) => (video.deleted ? [] : [video.id]));

	/** A video that was made by hand, outside Pulumi. */
	async function madeByHand(): Promise<string> {
		const { url, apiKey } = scene.emulator;
		const response = await fetch(`${url}/v3/videos`, {
			method: "POST",
			headers: { "x-api-key": apiKey, "content-type": "application/json", "idempotency-key": randomUUID() },
			body: JSON.stringify({ type: "avatar_shots", prompt: VIDEO.prompt, avatar_id: VIDEO.avatarIds }),
		});
		const { data } = (await response.json()) as { data: { video_id: string } };
		return data.video_id;
	}

	it("takes an existing video over, waits for it, and changes nothing when it is taken away again", async () => {
		const { project } = scene;
		const id = await madeByHand();
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: id }));
		await project.up();
		const video = await project.video();
		assert.deepEqual([video.id, video.outputs["status"], paid()], [id, "completed", 1]);
		assert.match((await project.up()).text, /2 unchanged/);
		await project.write(oneVideo(VIDEO));
		assert.match((await project.up()).text, /2 unchanged/);
		assert.deepEqual([aliveIds(), paid()], [[id], 1]);
	});

	it("leads to a video like any other: a new prompt renders it anew and deletes the adopted one", async () => {
		const { project } = scene;
		const id = await madeByHand();
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: id }));
		await project.up();
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: id, prompt: "A baker rests." }));
		await project.up();
		const next = (await project.video()).id;
		assert.notEqual(next, id);
		assert.deepEqual([aliveIds(), paid()], [[next], 2]);
		assert.match((await project.up()).text, /2 unchanged/);
	});

	it("adopts another video in place of the one that is there", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const id = await madeByHand();
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: id }));
		await project.up();
		assert.deepEqual([aliveIds(), paid()], [[id], 2]);
	});

	it("says so when the account has no such video, and renders nothing", async () => {
		const { project } = scene;
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: "0".repeat(32) }));
		assert.match(
			(await project.upFails()).text,
			/adoptVideoId: the account of this API key has no video 0{32}/,
		);
		assert.equal(paid(), 0);
	});
});
