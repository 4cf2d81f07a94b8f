import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { asset } from "../../provider/asset/index.ts";
import { avatarShotsVideo } from "../../provider/avatarShotsVideo/index.ts";
import { cleanError } from "../../provider/host/failures.ts";
import type { Values } from "../../provider/lifecycle.ts";
import { webhookEndpoint } from "../../provider/webhookEndpoint/index.ts";
import { harsh } from "../support/moods/harsh.ts";
import { inAllMoods, type Resource, resource, type Scene } from "../support/moods/resource.ts";
import { pngOf } from "../support/samples.ts";

const VIDEO = {
	prompt: "A baker carries a tray through a bright kitchen.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
	wait: { timeout: "2m" },
};
const ENDPOINT = { url: "https://hooks.example.com/heygen", events: ["avatar_video.success"] };
/** How often a step is tried before the service calms down, and after that. */
const TRIES = { harsh: 4, calm: 2 };

describe("a service that breaks its promises", function () {
	this.timeout(180_000);

	/** Repeats a step as a user would, in a service that calms down at last. */
	async function atLast<T>({ service }: Scene, step: () => Promise<T>): Promise<T> {
		for (let tries = 1; ; tries++) {
			try {
				return await step();
			} catch (error) {
				assertTelling(error);
				if (tries === TRIES.harsh) service.calmDown();
				if (tries === TRIES.harsh + TRIES.calm) throw error;
			}
		}
	}
	const up = (scene: Scene, of: Resource, inputs: Values) => atLast(scene, () => of.up(inputs));

	it("is paid once for each video, which is not lost", () =>
		inAllMoods(harsh, 25, async (scene) => {
			const { control } = scene.emulator;
			const alive = () => control.videos().flatMap(({ id, deleted }) => (deleted ? [] : [id]));
			const hero = resource(() => avatarShotsVideo, "AvatarShotsVideo", scene);
			await up(scene, hero, VIDEO);
			await atLast(scene, () => hero.refresh());
			await up(scene, hero, { ...VIDEO, title: "Hero" });
			assert.deepEqual([control.acceptedRenders(), alive().length], [1, 1]);
			await up(scene, hero, { ...VIDEO, prompt: "A baker rests." });
			assert.deepEqual([control.acceptedRenders(), control.paidRenders(), alive().length], [2, 2, 1]);
			await atLast(scene, () => hero.destroy());
			assert.deepEqual([control.acceptedRenders(), alive()], [2, []]);
		}));

	it("holds one endpoint as it was asked for, and none at the end", () =>
		inAllMoods(harsh, 20, async (scene) => {
			const { control } = scene.emulator;
			const hook = resource(() => webhookEndpoint, "WebhookEndpoint", scene);
			await up(scene, hook, ENDPOINT);
			const url = "https://hooks.example.com/2";
			await up(scene, hook, { ...ENDPOINT, url, secretVersion: 2 });
			const [only, ...more] = control.webhookEndpoints();
			assert.deepEqual([only?.url, only?.events, more], [url, ENDPOINT.events, []]);
			await atLast(scene, () => hook.destroy());
			assert.deepEqual(control.webhookEndpoints(), []);
		}));

	it("holds one asset, and none at the end", async () => {
		const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-moods-"));
		try {
			const source = join(folder, "logo.png");
			await writeFile(source, pngOf(2_000));
			await inAllMoods(harsh, 20, async (scene) => {
				const stored = () => scene.emulator.control.assets().filter(({ deleted }) => !deleted).length;
				const logo = resource(() => asset, "Asset", scene);
				await up(scene, logo, { source });
				await atLast(scene, () => logo.refresh());
				assert.equal(stored(), 1);
				await atLast(scene, () => logo.destroy());
				assert.equal(stored(), 0);
			});
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});

/** An error that was meant for the user: no defect of the code, and nothing that a terminal would obey. */
function assertTelling(error: unknown): void {
	assert.ok(error instanceof Error);
	for (const defect of [
		TypeError,
		RangeError,
		SyntaxError,
		URIError,
		ReferenceError,
		assert.AssertionError,
	]) {
		assert.ok(!(error instanceof defect), error.stack);
	}
	const { message } = cleanError(error.message, []);
	assert.match(message, /\w{3}.* .*\w{3}/s);
	assert.doesNotMatch(message, /(?![\n\t])\p{Cc}|\p{Bidi_Control}|me:pw/u);
	assert.ok(message.isWellFormed());
}
