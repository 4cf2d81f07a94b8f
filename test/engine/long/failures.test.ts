import assert from "node:assert/strict";
import { EMULATOR_LOOKS } from "../../../emulator/looks.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

describe("a render that does not come out", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const accepted = () => scene.emulator.control.acceptedRenders();
	const aliveIds = () =>
		scene.emulator.control
			.videos()
			.flatMap((video) => (video.deleted || video.status === "failed" ? [] : [video.id]));

	it("leaves nothing behind when it fails, tells why, and is submitted anew by a later run", async () => {
		const { project, emulator } = scene;
		emulator.control.failNextRender({ code: "rendering_failed", message: "The camera fell over" });
		await project.write(oneVideo(VIDEO));
		const { text } = await project.upFails();
		assert.match(text, /render failed: rendering_failed: The camera fell over \(video [0-9a-f]{32}\)/);
		assert.match(text, /does not charge failed renders/);
		assert.doesNotMatch(text, /\n\s+at /, "a stack trace");
		assert.deepEqual([await project.resources(), accepted()], [[], 1]);

		emulator.control.clock.advance(60);
		await project.up();
		assert.deepEqual([paid(), accepted()], [1, 2]);
	});

	it("is told also when HeyGen gives no reason", async () => {
		const { project } = scene;
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker. [fail: null]" }));
		const { text } = await project.upFails();
		assert.match(text, /render failed: no code: HeyGen gave no reason/);
	});

	it("is not sent again and again in one run when moderation fails it at once", async () => {
		const { project } = scene;
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker. [fail-now: content_policy_violation: No]" }));
		const { text } = await project.upFails();
		assert.match(text, /content_policy_violation/);
		assert.equal(accepted(), 1);
	});

	it("leaves the old video in the state and at HeyGen", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();

		await project.write(oneVideo({ ...VIDEO, prompt: "A baker. [fail]" }));
		await project.upFails();
		assert.deepEqual([(await project.video()).id, aliveIds()], [id, [id]]);

		emulator.control.clock.advance(60);
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker rests." }));
		await project.up();
		assert.deepEqual([paid(), aliveIds()], [2, [(await project.video()).id]]);
	});

	it("leaves the old video also where an interrupted --replace has left it in the state twice", async () => {
		const { project, emulator } = scene;
		const program = (hero: object, side: object) =>
			`new heygen.AvatarShotsVideo("hero", ${JSON.stringify({ ...VIDEO, ...hero })});\nnew heygen.AvatarShotsVideo("side", ${JSON.stringify({ ...VIDEO, ...side })});`;
		await project.write(program({}, { revision: 1 }));
		await project.up();
		const { id, urn } = await project.video();
		const entries = async () => (await project.resources()).filter((entry) => entry.id === id).length;

		await project.write(program({}, { revision: 2, prompt: "A baker. [fail]" }));
		await project.upFails("--replace", urn);
		assert.equal(await entries(), 2);

		emulator.control.clock.advance(60);
		await project.write(program({ revision: 2, prompt: "A baker. [fail]" }, { revision: 1 }));
		await project.upFails("--continue-on-error");
		assert.ok(aliveIds().includes(id), "it is deleted only for the one in its place");

		emulator.control.clock.advance(60);
		await project.write(program({ revision: 3 }, { revision: 1 }));
		await project.up();
		const hero = await project.video();
		assert.notEqual(hero.id, id);
		assert.deepEqual([paid(), aliveIds()], [3, [(await project.video("side")).id, hero.id]]);
	});

	it("keeps its id when time runs out, and the next run goes on waiting for it", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, wait: { timeout: "3s" } }));
		const { text } = await project.upFails();
		const { id, outputs, initErrors } = await project.video();
		assert.match(text, new RegExp(`${id} is submitted, but not finished after 3 s`));
		assert.deepEqual([outputs["status"], initErrors?.length], ["pending", 1]);

		assert.match((await project.upFails()).text, new RegExp(`${id} is submitted`));
		emulator.control.clock.advance(3600);
		await project.up();
		const video = await project.video();
		assert.deepEqual([video.id, video.outputs["status"], video.initErrors ?? []], [id, "completed", []]);
		assert.match(String(JSON.stringify(video.outputs["videoUrl"])), /ciphertext/);
		assert.match((await project.up()).text, /2 unchanged/);
		assert.equal(paid(), 1);
	});

	it("keeps its id through a refresh, which cannot make the next run forget to wait", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, wait: { timeout: "1s" } }));
		await project.upFails();
		assert.equal((await project.pulumi("refresh", "--yes")).code, 0);
		emulator.control.clock.advance(3600);
		await project.up();
		assert.deepEqual([(await project.video()).outputs["status"], paid()], ["completed", 1]);
	});

	it("is rendered anew when it failed after its run had stopped waiting", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		emulator.control.failNextRender({ code: null, message: null });
		await project.write(oneVideo({ ...VIDEO, wait: { timeout: "1s" } }));
		await project.upFails();
		emulator.control.clock.advance(7200);
		assert.match((await project.upFails()).text, /The next `pulumi up` renders it anew/);
		assert.match((await project.pulumi("preview")).text, /1 to replace/);
		emulator.control.settings.renderSeconds = 0.4;
		await project.up();
		assert.deepEqual([(await project.video()).outputs["status"], paid(), accepted()], ["completed", 1, 2]);
	});

	it("that runs out of time in a replacement leaves the old one, and is taken over by the next run", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, revision: 2, wait: { timeout: "1s" } }));
		await project.upFails();
		const resources = await project.resources();
		assert.deepEqual(
			resources.map((resource) => [resource.id, resource.initErrors ?? []]),
			[[id, []]],
		);
		emulator.control.clock.advance(3600);
		const { text } = await project.up();
		assert.match(text, /Took over the finished video/);
		assert.deepEqual([paid(), aliveIds()], [2, [(await project.video()).id]]);
	});

	it("says what to do when the service refuses, by our own names, and pays nothing", async () => {
		const { project, emulator } = scene;
		const refused: [object, RegExp][] = [
			[{ avatarIds: ["0".repeat(32)] }, /avatar_not_found.*look/is],
			[{ avatarIds: [EMULATOR_LOOKS.inTraining] }, /resource_not_ready.*still in training/is],
			[{ avatarIds: [EMULATOR_LOOKS.withoutConsent] }, /avatar_consent_required.*consent/is],
		];
		for (const [change, expected] of refused) {
			await project.write(oneVideo({ ...VIDEO, ...change }));
			assert.match((await project.upFails()).text, expected);
		}
		const answers = [
			[
				{ status: 400, code: "invalid_parameter", message: "too wild", param: "avatar_id" },
				/avatarIds: .*too wild/,
			],
			[{ status: 402, code: "insufficient_credit", message: "empty" }, /Top up the API wallet/],
			[{ status: 403, code: "forbidden", message: "no" }, /may not do this/],
		] as const;
		await project.write(oneVideo(VIDEO));
		for (const [action, expected] of answers) {
			emulator.control.intercept({ method: "POST", route: "/v3/videos", action });
			const { text } = await project.upFails();
			assert.match(text, expected);
			assert.match(text, /nothing was paid/);
		}
		assert.deepEqual([await project.resources(), accepted()], [[], 0]);
	});

	it("says how to set the right key when this one is wrong", async () => {
		const { project } = scene;
		project.environment["HEYGEN_API_KEY"] = "wrong-key";
		await project.write(oneVideo(VIDEO));
		const { text } = await project.upFails();
		assert.match(text, /401 unauthorized.*pulumi config set heygen:apiKey --secret/s);
		assert.doesNotMatch(text, /wrong-key/);
	});
});

describe("a key of another account", function () {
	this.timeout(180_000);
	const scene = scenario({
		accounts: [
			{ apiKey: "emulator-key", username: "marketing", balanceUsd: 100 },
			{ apiKey: "other-key", username: "sales", balanceUsd: 100 },
		],
	});
	const asSales = () => {
		scene.project.environment["HEYGEN_API_KEY"] = "other-key";
	};
	const message = /belongs to the HeyGen account "marketing", but the API key is of "sales"/;

	it("stops refresh, a change and destroy with one message, and changes nothing", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const before = await project.video();
		asSales();
		for (const args of [
			["refresh", "--yes"],
			["destroy", "--yes"],
		]) {
			const ran = await project.pulumi(...args);
			assert.notEqual(ran.code, 0, ran.text);
			assert.match(ran.text, message);
			assert.doesNotMatch(ran.text, /\n\s+at /, "a stack trace");
		}
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker rests." }));
		assert.match((await project.upFails()).text, message);
		assert.deepEqual((await project.video()).inputs, before.inputs);
		assert.equal((await project.video()).id, before.id);
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("stops going on with a render that is not finished", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(oneVideo({ ...VIDEO, wait: { timeout: "1s" } }));
		await project.upFails();
		asSales();
		assert.match((await project.upFails()).text, message);
		assert.equal((await project.resources()).length, 1);
	});
});
