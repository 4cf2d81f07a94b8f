import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { asset } from "../../provider/asset/index.ts";
import { avatarShotsVideo } from "../../provider/avatarShotsVideo/index.ts";
import { createVideoFile } from "../../provider/videoFile/index.ts";
import { webhookEndpoint } from "../../provider/webhookEndpoint/index.ts";
import { harmless } from "../support/moods/harmless.ts";
import { inAllMoods, resource, type Scene } from "../support/moods/resource.ts";
import { pngOf } from "../support/samples.ts";

const VIDEO = {
	prompt: "A baker carries a tray through a bright kitchen.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
};
const ENDPOINT = { url: "https://hooks.example.com/heygen", events: ["avatar_video.success"] };

describe("a service in its moods", function () {
	this.timeout(180_000);
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-moods-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const inMoods = (runs: number, life: (scene: Scene) => Promise<void>) => inAllMoods(harmless, runs, life);

	it("renders each video once, changes nothing unasked, and deletes what it made", () =>
		inMoods(20, async (scene) => {
			const { control } = scene.emulator;
			const hero = resource(() => avatarShotsVideo, "AvatarShotsVideo", scene);
			const alive = () => control.videos().filter(({ deleted }) => !deleted).length;

			const first = await hero.up(VIDEO);
			assert.deepEqual([control.paidRenders(), first.state["status"]], [1, "completed"]);
			assert.equal((await hero.refresh()).id, first.id);
			assert.equal(await hero.up(VIDEO), await hero.up(VIDEO));
			assert.equal((await hero.up({ ...VIDEO, title: "Hero" })).id, first.id);
			assert.equal(control.acceptedRenders(), 1);

			const second = await hero.up({ ...VIDEO, prompt: "A baker rests." });
			assert.notEqual(second.id, first.id);
			assert.deepEqual([control.paidRenders(), control.acceptedRenders(), alive()], [2, 2, 1]);
			await hero.refresh();
			await hero.destroy();
			assert.deepEqual([control.acceptedRenders(), alive()], [2, 0]);
		}));

	it("keeps a video's file as it is at HeyGen", () =>
		inMoods(5, async (scene) => {
			const video = resource(() => avatarShotsVideo, "AvatarShotsVideo", scene);
			const file = resource(() => createVideoFile({ folder }), "VideoFile", scene);
			const { id: videoId } = await video.up(VIDEO);
			const inputs = { videoId, path: "hero.mp4" };
			const { state } = await file.up(inputs);
			assert.match(String(state["sha256"]), /^[0-9a-f]{64}$/);
			assert.equal((await file.refresh()).state["drift"], undefined);
			await rm(join(folder, "hero.mp4"));
			await file.up(inputs);
			await file.up({ ...inputs, kind: "gif" });
			await file.destroy();
			assert.deepEqual(await readdir(folder), []);
			assert.equal(scene.emulator.control.acceptedRenders(), 1);
		}));

	it("holds one endpoint, with the secret that deliveries are signed with", () =>
		inMoods(20, async (scene) => {
			const { control } = scene.emulator;
			const hook = resource(() => webhookEndpoint, "WebhookEndpoint", scene);
			const { id } = await hook.up(ENDPOINT);
			await hook.refresh();
			const url = "https://hooks.example.com/2";
			await hook.up({ ...ENDPOINT, url });
			const turned = await hook.up({ ...ENDPOINT, url, secretVersion: 2 });
			const { state } = await hook.refresh();
			const [only, ...more] = control.webhookEndpoints();
			assert.deepEqual([turned.id, only?.url, only?.events, more], [id, url, ENDPOINT.events, []]);
			assert.equal(state["secret"], await secretInForce(scene));
			await hook.destroy();
			assert.deepEqual(control.webhookEndpoints(), []);
		}));

	it("holds one asset for the same bytes", () =>
		inMoods(20, async (scene) => {
			const source = join(folder, "logo.png");
			await writeFile(source, pngOf(2_000));
			const logo = resource(() => asset, "Asset", scene);
			const stored = () => scene.emulator.control.assets().filter(({ deleted }) => !deleted);
			const first = await logo.up({ source });
			await logo.refresh();
			assert.equal((await logo.up({ source })).id, first.id);
			await writeFile(source, pngOf(2_000, 1));
			const second = await logo.up({ source });
			assert.notEqual(second.id, first.id);
			assert.deepEqual(
				stored().map(({ sha256 }) => sha256),
				[second.state["sha256"]],
			);
			await logo.destroy();
			assert.deepEqual(stored(), []);
		}));

	it("renders with files of the project", () =>
		inMoods(5, async (scene) => {
			const file = join(folder, "logo.png");
			await writeFile(file, pngOf(2_000));
			const hero = resource(() => avatarShotsVideo, "AvatarShotsVideo", scene);
			await hero.up({ ...VIDEO, references: [{ file }] });
			await hero.up({ ...VIDEO, references: [{ file }] });
			assert.deepEqual([scene.emulator.control.acceptedRenders(), scene.emulator.control.uploads()], [1, 1]);
		}));

	/** The first endpoint's secret, as the answer to its last rotation is replayed. */
	async function secretInForce({ emulator }: Scene): Promise<string> {
		const last = emulator.control.requests().findLast(({ path }) => path.endsWith("/rotate-secret"));
		assert.ok(last?.idempotencyKey);
		const headers = { "x-api-key": emulator.apiKey, "idempotency-key": last.idempotencyKey };
		const response = await fetch(`${emulator.url}${last.path}`, { method: "POST", headers });
		return ((await response.json()) as { data: { secret: string } }).data.secret;
	}
});
