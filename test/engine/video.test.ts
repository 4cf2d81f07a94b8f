import assert from "node:assert/strict";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { oneVideo } from "./support/project.ts";
import { scenario, VIDEO } from "./support/scenario.ts";

describe("an avatar-shots video on the real engine", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const aliveIds = () =>
		scene.emulator.control.videos().flatMap((video) => (video.deleted ? [] : [video.id]));

	it("is rendered once, recorded whole, left alone by a second run, and deleted by destroy", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo({ ...VIDEO, aspectRatio: "9:16", title: "Kitchen" }));
		await project.up();
		const { id, outputs } = await project.video();
		assert.deepEqual(aliveIds(), [id]);
		const { prompt, avatarIds, aspectRatio, resolution, duration, status, account, stateVersion } = outputs;
		assert.deepEqual(
			{ prompt, avatarIds, aspectRatio, resolution, duration, status, account, stateVersion },
			{
				...VIDEO,
				aspectRatio: "9:16",
				resolution: "720p",
				status: "completed",
				account: "emulator",
				stateVersion: 1,
			},
		);
		assert.match(String(outputs["videoPageUrl"]), new RegExp(id));
		assert.match(String(outputs["completedAt"]), /^\d{4}-\d\d-\d\dT.*Z$/);
		assert.ok(Math.abs(Number(outputs["videoDuration"]) - 4) <= 0.2);

		emulator.control.clearRequests();
		const again = await project.up();
		assert.match(again.text, /2 unchanged/);
		assert.deepEqual(emulator.control.requests(), [], "a run without a change asks nothing");

		const gone = await project.pulumi("destroy", "--yes");
		assert.equal(gone.code, 0, gone.text);
		assert.deepEqual([paid(), aliveIds()], [1, []]);
	});

	it("is deleted when a refresh comes first, by destroy and by its removal from the program", async () => {
		const { project } = scene;
		await project.write(`${oneVideo(VIDEO)}\n${oneVideo({ ...VIDEO, revision: 2 }, {}, "second")}`);
		await project.up();
		await project.write(oneVideo(VIDEO));
		await project.up("--refresh");
		assert.deepEqual(aliveIds(), [(await project.video()).id]);
		const gone = await project.pulumi("destroy", "--yes", "--refresh");
		assert.equal(gone.code, 0, gone.text);
		assert.deepEqual(aliveIds(), []);
	});

	it("is rendered anew for another prompt and for another look, and only then the old one is deleted", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const first = (await project.video()).id;

		await project.write(oneVideo({ ...VIDEO, prompt: "A baker sweeps the floor." }));
		const preview = await project.pulumi("preview", "--diff");
		assert.match(preview.text, /replace/);
		assert.equal(paid(), 1, "a preview pays nothing");
		await project.up();
		const second = (await project.video()).id;
		assert.deepEqual(aliveIds(), [second]);
		const removal = emulator.control
			.requests()
			.find(({ method, path }) => method === "DELETE" && path.includes(first));
		const rendered = emulator.control.videos().find((video) => video.id === second);
		assert.ok(removal && rendered && removal.at >= rendered.createdAt + 600, "the old one went too early");

		await project.write(
			oneVideo({ ...VIDEO, prompt: "A baker sweeps the floor.", avatarIds: [EMULATOR_LOOKS.kitchen] }),
		);
		await project.up();
		assert.equal(paid(), 3);
		assert.equal(aliveIds().length, 1);
	});

	it("comes back to an old text with a new render, since the old one was deleted", async () => {
		const { project, emulator } = scene;
		const texts = ["A baker bakes.", "A baker sleeps.", "A baker bakes."];
		for (const prompt of texts) {
			await project.write(oneVideo({ ...VIDEO, prompt }));
			await project.up();
			emulator.control.clock.advance(60);
		}
		assert.equal(paid(), 3);
		assert.deepEqual(aliveIds(), [(await project.video()).id]);
	});

	it("takes a new title, callback and wait in place, without a request", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo({ ...VIDEO, title: "Old" }));
		await project.up();
		const { id } = await project.video();
		emulator.control.clearRequests();

		await project.write(
			oneVideo({ ...VIDEO, title: "New", callbackUrl: "https://h/x", wait: { timeout: "5m" } }),
		);
		const { text } = await project.up();
		assert.match(text, /1 updated/);
		assert.match(text, /cannot rename a video: the new title is used at the next render/);
		const video = await project.video();
		assert.deepEqual([video.id, video.outputs["title"], paid()], [id, "New", 1]);
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("is rendered anew for a new revision", async () => {
		const { project } = scene;
		await project.write(oneVideo({ ...VIDEO, revision: 1 }));
		await project.up();
		await project.write(oneVideo({ ...VIDEO, revision: "take 2" }));
		await project.up();
		assert.equal(paid(), 2);
	});

	it("is created again after it was deleted at HeyGen, and preview shows it", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();
		const headers = { "x-api-key": emulator.apiKey };
		assert.equal((await fetch(`${emulator.url}/v3/videos/${id}`, { method: "DELETE", headers })).status, 200);

		const refreshed = await project.pulumi("refresh", "--yes");
		assert.equal(refreshed.code, 0, refreshed.text);
		assert.deepEqual(await project.resources(), []);
		assert.match((await project.pulumi("preview")).text, /1 to create/);
		emulator.control.clock.advance(60);
		await project.up();
		assert.equal(paid(), 2);
		assert.notEqual((await project.video()).id, id);
	});

	it("shows no change in a refresh, and renews its link only when it is about to end", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const link = async () => (await project.video("hero", "--show-secrets")).outputs["videoUrl"];
		const before = await link();
		assert.match((await project.pulumi("refresh", "--yes")).text, /2 unchanged/);
		assert.deepEqual(await link(), before);

		emulator.control.settings.linkSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, revision: 2 }));
		await project.up();
		const short = await link();
		await new Promise((resolve) => setTimeout(resolve, 10));
		emulator.control.settings.linkSeconds = 7 * 24 * 3600;
		assert.equal((await project.pulumi("refresh", "--yes")).code, 0);
		assert.notDeepEqual(await link(), short);
		assert.match((await project.up()).text, /2 unchanged/);
		assert.equal(paid(), 2);
	});

	it("shows its progress on its own line", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3;
		await project.write(oneVideo(VIDEO));
		const { text } = await project.up();
		assert.match(text, /hero.*creating.*rendering \(\d+ s\)/);
	});

	it("takes no more than 3 kB of state, also with nearly all inputs", async () => {
		const { project } = scene;
		const rest = { title: "Kitchen", callbackUrl: "https://h/x", callbackId: "c", wait: { timeout: "5m" } };
		const references = [{ url: "https://h/a.png" }];
		await project.write(oneVideo({ ...VIDEO, ...rest, references, enhancePrompt: true, revision: 2 }));
		await project.up();
		// Where the program lies is the engine's own note, as long as the paths of the machine.
		const {
			sourcePosition: _,
			stackTrace: __,
			...video
		} = { ...(await project.video()) } as object & {
			sourcePosition?: unknown;
			stackTrace?: unknown;
		};
		const size = Buffer.byteLength(JSON.stringify(video));
		assert.ok(size < 3_000, `${size} bytes: ${JSON.stringify(video, null, 1)}`);
	});

	it("can be looked up by its id without being managed", async () => {
		const { project } = scene;
		await project.write(oneVideo({ ...VIDEO, title: "Kitchen" }));
		await project.up();
		const { id } = await project.video();
		await project.write(
			`${oneVideo({ ...VIDEO, title: "Kitchen" })}
			const seen = heygen.AvatarShotsVideo.get("seen", ${JSON.stringify(id)});
			exports.seen = pulumi.all([seen.status, seen.title, seen.videoDuration]);`,
		);
		await project.up();
		const { stdout } = await project.pulumi("stack", "output", "seen");
		assert.match(stdout, /\["completed","Kitchen",4(\.\d+)?\]/);
		assert.equal(paid(), 1);
	});

	it("renders two videos of one component", async () => {
		const { project } = scene;
		await project.write(`
			class Pair extends pulumi.ComponentResource {
				constructor(name) {
					super("shop:index:Pair", name);
					for (const at of ["one", "two"]) {
						new heygen.AvatarShotsVideo(name + "-" + at, ${JSON.stringify(VIDEO)}, { parent: this });
					}
					this.registerOutputs();
				}
			}
			new Pair("pair");`);
		await project.up();
		assert.equal(paid(), 2);
		const [one] = await project.resources();
		assert.equal(one?.inputs["resourceUrn"], one?.urn);
	});
});
