import assert from "node:assert/strict";
import { once } from "node:events";
import { providersIn, startUp, until } from "./support/processes.ts";
import { oneVideo } from "./support/project.ts";
import { scenario, VIDEO } from "./support/scenario.ts";

describe("one desired render is paid once", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const aliveIds = () =>
		scene.emulator.control.videos().flatMap((video) => (video.deleted ? [] : [video.id]));
	const submits = () =>
		scene.emulator.control
			.requests()
			.filter(({ method, path }) => method === "POST" && path === "/v3/videos");

	for (const [name, action] of [
		["the answer to the submit is lost", "lose-answer"],
		["the connection breaks before the submit arrives", "reset"],
		["the answer is cut short", "truncate"],
		["a gateway answers 502 with HTML", { status: 502, html: "<h1>Bad gateway</h1>" }],
		["the service is overloaded", { status: 503 }],
		[
			"the account is told to slow down",
			{ status: 429, code: "rate_limit_exceeded", headers: { "retry-after": "1" } },
		],
		["the first submit is still in flight", { status: 409, code: "request_in_progress" }],
	] as const) {
		it(`when ${name}`, async () => {
			const { project, emulator } = scene;
			emulator.control.intercept({ method: "POST", route: "/v3/videos", times: 2, action });
			await project.write(oneVideo(VIDEO));
			await project.up();
			assert.deepEqual([paid(), aliveIds()], [1, [(await project.video()).id]]);
			assert.equal(new Set(submits().map(({ idempotencyKey }) => idempotencyKey)).size, 1);
			assert.equal(submits().length, 3);
		});
	}

	it("when no status can be read for a while", async () => {
		const { project, emulator } = scene;
		const trouble = emulator.control.intercept({
			route: "/v3/videos/statuses",
			times: 3,
			action: { status: 502, html: "<h1>Bad gateway</h1>" },
		});
		await project.write(oneVideo(VIDEO));
		await project.up();
		assert.deepEqual([trouble.hits, paid()], [3, 1]);
	});

	it("when the service refuses the bulk request", async () => {
		const { project, emulator } = scene;
		emulator.control.intercept({
			route: "/v3/videos/statuses",
			times: 99,
			action: { status: 400, code: "invalid_parameter" },
		});
		await project.write(oneVideo(VIDEO));
		await project.up();
		assert.equal(paid(), 1);
	});

	it("when the CLI is killed while the video renders, and the next run takes the render over", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo(VIDEO));
		const cli = await startUp(project);
		await until(() => paid() === 1);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		await project.pulumi("cancel", "--yes");
		const state = JSON.parse(await project.rawState());
		assert.equal(state.deployment.pending_operations.length, 1);

		emulator.control.clock.advance(3600);
		const { text } = await project.up();
		assert.match(text, /Took over the finished video/);
		assert.deepEqual([paid(), aliveIds()], [1, [(await project.video()).id]]);
	});

	it("and a provider that a killed CLI has left behind ends by itself", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo(VIDEO));
		const cli = await startUp(project);
		await until(() => paid() === 1);
		await until(() => providersIn(project.folder).length === 1);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		await until(() => providersIn(project.folder).length === 0);
	});

	it("when the type's old word is refused: the new one is used, and it says so", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.acceptedTypes = ["cinematic_avatar"];
		await project.write(`${oneVideo(VIDEO)}\n${oneVideo({ ...VIDEO, revision: 2 }, {}, "second")}`);
		const { text } = await project.up();
		assert.equal(
			text.match(/using "cinematic_avatar" from here on/g)?.length,
			2,
			"once on its line, once below",
		);
		assert.equal(paid(), 2);
		assert.match((await project.up()).text, /3 unchanged/);
	});

	it("also when refusals are replayed under the same key", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.acceptedTypes = ["cinematic_avatar"];
		emulator.control.settings.replayErrors = true;
		await project.write(oneVideo(VIDEO));
		await project.up();
		assert.equal(paid(), 1);
	});

	it("when an unchanged video is replaced by force: it is taken over, kept, and revision is named", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id, urn } = await project.video();
		emulator.control.clock.advance(60);
		const { text } = await project.up("--replace", urn);
		assert.match(text, /Took over the finished video.*set `revision`/s);
		assert.deepEqual([paid(), aliveIds(), (await project.video()).id], [1, [id], id]);
		const gone = await project.pulumi("destroy", "--yes");
		assert.equal(gone.code, 0, gone.text);
		assert.deepEqual(aliveIds(), []);
	});

	it("while a new replacementTrigger is a new take, as asked", async () => {
		const { project } = scene;
		const take = (trigger: string) => project.write(oneVideo(VIDEO, { replacementTrigger: trigger }));
		await take("one");
		await project.up();
		await take("two");
		await project.up();
		await project.up();
		assert.deepEqual([paid(), aliveIds()], [2, [(await project.video()).id]]);
	});

	it("when it gets another name with an alias", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		await project.write(oneVideo(VIDEO, { aliases: [{ name: "hero" }] }, "launch"));
		await project.up();
		assert.equal(paid(), 1);
	});

	it("when the account's slots are all taken: it waits for one", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.concurrency = 1;
		emulator.control.settings.renderSeconds = 1;
		const names = ["one", "two", "three"];
		await project.write(names.map((name) => oneVideo(VIDEO, {}, name)).join("\n"));
		await project.up();
		assert.equal(paid(), 3);
	});
});
