import assert from "node:assert/strict";
import { once } from "node:events";
import { startUp, until } from "./support/processes.ts";
import { oneVideo } from "./support/project.ts";
import { scenario, VIDEO } from "./support/scenario.ts";

const HOURS_25 = 25 * 3600;

describe("one desired render is paid once, also after HeyGen has forgotten its key", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const aliveIds = () =>
		scene.emulator.control.videos().flatMap((video) => (video.deleted ? [] : [video.id]));

	it("when the CLI is killed while the video renders", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo(VIDEO));
		const cli = await startUp(project);
		await until(() => paid() === 1);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		await project.pulumi("cancel", "--yes");

		emulator.control.clock.advance(HOURS_25);
		const { text } = await project.up();
		assert.match(text, /Took over the finished video.*submitted 25 h ago/);
		assert.deepEqual([paid(), aliveIds()], [1, [(await project.video()).id]]);
	});

	it("when a replacement runs out of time", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, revision: 2, wait: { timeout: "1s" } }));
		assert.match((await project.upFails()).text, /again within 30 days to go on waiting/);

		emulator.control.clock.advance(HOURS_25);
		assert.match((await project.up()).text, /Took over the finished video/);
		const { id } = await project.video();
		assert.deepEqual([paid(), aliveIds()], [2, [id]]);
		assert.equal(emulator.control.videos().at(-1)?.id, id);
	});

	it("when an unchanged video is replaced by force: it is taken over and kept, until destroy", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id, urn } = await project.video();
		emulator.control.clock.advance(HOURS_25);
		const { text } = await project.up("--replace", urn);
		assert.match(text, /Took over the finished video.*set `revision`/s);
		assert.deepEqual([paid(), aliveIds(), (await project.video()).id], [1, [id], id]);
		const gone = await project.pulumi("destroy", "--yes");
		assert.equal(gone.code, 0, gone.text);
		assert.deepEqual(aliveIds(), []);
	});

	it("and what makes that so shows up in no diff, also after a refresh and without the setting", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		assert.match(String(emulator.control.videos()[0]?.body.title), /^hero \[ph[0-9a-f]{12}\]$/);
		const outputs = async () => (await project.video("hero", "--show-secrets")).outputs;
		const before = await outputs();
		const refreshed = await project.pulumi("refresh", "--yes");
		assert.equal(refreshed.code, 0, refreshed.text);
		assert.deepEqual(await outputs(), before);
		project.environment["HEYGEN_MARK_TITLES"] = "false";
		emulator.control.clearRequests();
		assert.match((await project.up()).text, /2 unchanged/);
		assert.deepEqual(emulator.control.requests(), []);
	});
});
