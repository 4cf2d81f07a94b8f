import assert from "node:assert/strict";
import { chanceOf } from "../../support/moods/chance.ts";
import { harmless } from "../../support/moods/harmless.ts";
import { harsh } from "../../support/moods/harsh.ts";
import { type MoodyService, moodyService } from "../../support/moods/moodyService.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

describe("a service in its moods on the real engine", function () {
	this.timeout(400_000);
	const scene = scenario();
	let service: MoodyService;
	afterEach(() => service?.close());

	const begin = async (seed: number, mood: typeof harmless) => {
		const chance = chanceOf(seed);
		service = await moodyService(scene.emulator.url, chance, mood(chance));
		scene.project.environment["HEYGEN_BASE_URL"] = service.url;
		return { ...scene, control: scene.emulator.control };
	};
	const file = 'new heygen.VideoFile("file", { videoId: exports.id, path: "hero.mp4" });';
	const hook = `new heygen.WebhookEndpoint("hook", { url: "https://hooks.example.com", events: ["avatar_video.fail"] });`;
	const program = (more: object = {}) => `${oneVideo({ ...VIDEO, ...more })}\n${file}\n${hook}`;

	for (const seed of [20261124, 7]) {
		it(`renders once and changes nothing unasked (seed ${seed})`, async () => {
			const { project, control } = await begin(seed, harmless);
			await project.write(program());
			await project.up();
			const { id } = await project.video();
			assert.match((await project.up("--refresh")).text, /3 unchanged|4 unchanged/);
			await project.write(program({ prompt: "A baker rests." }));
			await project.up();
			assert.notEqual((await project.video()).id, id);
			assert.deepEqual([control.paidRenders(), control.acceptedRenders()], [2, 2]);
			const destroyed = await project.pulumi("destroy", "--yes");
			assert.equal(destroyed.code, 0, destroyed.text);
			const left = control.videos().filter(({ deleted }) => !deleted);
			assert.deepEqual([left, control.webhookEndpoints()], [[], []]);
		});
	}

	it("renders once, however often the service breaks its promises (seed 3)", async () => {
		const { project, control } = await begin(3, harsh);
		await project.write(program({ wait: { timeout: "20s" } }));
		for (let tries = 1; (await project.pulumi("up", "--yes", "--skip-preview")).code !== 0; tries++) {
			assert.ok(tries < 5, "it never came about");
			if (tries === 3) service.calmDown();
		}
		service.calmDown();
		assert.equal((await project.video()).outputs["status"], "completed");
		assert.deepEqual([control.acceptedRenders(), control.webhookEndpoints().length], [1, 1]);
	});
});
