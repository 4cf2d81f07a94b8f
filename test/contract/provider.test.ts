import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.ts";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { providerText, typeToken } from "../../provider/host/contract.ts";
import { type CallFailure, type DynamicServer, startDynamicServer } from "./dynamicServer.ts";

const root = dirname(dirname(import.meta.dirname));
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = "4dabf18193072939515e22adb298388d";
const VIDEO = {
	prompt: "A baker carries a tray.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
	resourceUrn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:AvatarShotsVideo::hero",
	__provider: providerText("AvatarShotsVideo"),
};

describe("what users' state refers to", () => {
	for (const type of ["AvatarShotsVideo", "WebhookEndpoint", "Asset", "VideoFile"]) {
		it(`never changes: type token and provider text of ${type}`, async () => {
			assert.equal(typeToken(type), `pulumi-nodejs:dynamic/heygen:${type}`);
			assert.equal(
				providerText(type),
				`exports.handler = () => require("pulumi-heygen/provider").${type};\n`,
			);
			const compiled: string = "pulumi-heygen/provider";
			const lifecycles: Record<string, unknown> = await import(compiled);
			assert.equal(typeof lifecycles[type], "object");
		});
	}
});

describe("the SDK's server for dynamic resources", function () {
	this.timeout(60_000);
	let emulator: Emulator;
	let server: DynamicServer;

	beforeEach(async () => {
		emulator = await startEmulator({ renderSeconds: 0.2, queueSeconds: 0 });
		server = await startDynamicServer({
			"heygen:apiKey": emulator.apiKey,
			"heygen:baseUrl": emulator.url,
		});
	});
	afterEach(async () => {
		await server?.close();
		await emulator?.close();
	});

	const checked = async (more: object = {}) => (await server.check({}, { ...VIDEO, ...more })).inputs;
	const failure = (call: Promise<unknown>): Promise<CallFailure> =>
		call.then(
			() => assert.fail("it should have failed"),
			(error: CallFailure) => error,
		);

	it("pays once when create is called again after a failure, as an error hook of the engine's does", async () => {
		emulator.control.settings.renderSeconds = 3600;
		const inputs = await checked({ wait: { timeout: "1s" } });
		const first = await failure(server.create(inputs));
		const second = await failure(server.create(inputs));
		assert.equal(first.kept?.id, second.kept?.id);
		emulator.control.clock.advance(3600);
		assert.deepEqual((await server.create(inputs)).id, first.kept?.id);
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("lets go of what it is writing when it is interrupted", async () => {
		const { id } = await server.create(await checked());
		emulator.control.intercept({ route: "/files/{id}/{name}", action: { delaySeconds: 60 } });
		const path = `.pulumi-heygen/interrupted-${process.pid}/hero.mp4`;
		const folder = join(root, dirname(path));
		after(() => rm(folder, { recursive: true, force: true }));
		const __provider = providerText("VideoFile");
		const { inputs } = await server.check({}, { videoId: id, path, __provider });
		const written = failure(server.create(inputs));
		const parts = () => readdir(folder).catch(() => []);
		for (let looks = 0; (await parts()).length === 0; looks++) {
			assert.ok(looks < 1_000, "no part of the file came about");
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		process.kill(server.pid ?? 0, "SIGINT");
		await written;
		assert.deepEqual(await parts(), []);
	});

	it("leads a video through its whole life by the constant text", async () => {
		const inputs = await checked();
		const { id, properties } = await server.create(inputs);
		assert.equal(properties["__provider"], VIDEO.__provider);
		assert.equal(properties["status"], "completed");
		assert.deepEqual(await server.diff(id, plainOf(properties), inputs), { changed: false, replaces: [] });
		assert.equal((await server.read(id, plainOf(properties))).id, id);
		const renamed = await checked({ title: "New" });
		assert.equal((await server.update(id, plainOf(properties), renamed))["title"], "New");
		// The guard of this process keeps what it has made; the engine deletes in a process of its own.
		const destroying = await startDynamicServer({
			"heygen:apiKey": emulator.apiKey,
			"heygen:baseUrl": emulator.url,
		});
		try {
			await destroying.delete(id, plainOf(properties));
			assert.equal((await destroying.read(id, plainOf(properties))).id, "");
		} finally {
			await destroying.close();
		}
		assert.equal(emulator.control.paidRenders(), 1);
	});

	it("hands back every input of a check, unknown ones as they came", async () => {
		const inputs = await checked({ prompt: UNKNOWN, avatarIds: [UNKNOWN], references: [{ url: UNKNOWN }] });
		assert.deepEqual(
			[inputs["prompt"], inputs["avatarIds"], inputs["submissionKey"]],
			[UNKNOWN, [UNKNOWN], UNKNOWN],
		);
		assert.equal(inputs["resourceUrn"], VIDEO.resourceUrn);
	});

	it("gives problems with the inputs as failures, not as an error", async () => {
		const { failures } = await server.check({}, { ...VIDEO, duration: 3, colour: "red" });
		assert.deepEqual(
			failures.map(({ property, reason }) => [property, reason.split(":")[0]]),
			[
				["", "duration"],
				["", "colour"],
			],
		);
		assert.equal(server.errors(), "");
	});

	it("does not take a refusal for a created resource", async () => {
		const headers = { "x-request-id": "req_1" };
		emulator.control.intercept({
			method: "POST",
			route: "/v3/videos",
			action: { status: 402, code: "insufficient_credit", headers },
		});
		const failed = await failure(server.create(await checked()));
		assert.equal(failed.kept, undefined);
		assert.match(failed.message, /insufficient_credit/);
	});

	it("keeps an unfinished render with its id, its reasons, and the text that later calls need", async () => {
		emulator.control.settings.renderSeconds = 3600;
		const { kept } = await failure(server.create(await checked({ wait: { timeout: "1s" } })));
		assert.ok(kept);
		assert.match(kept.id, /^[0-9a-f]{32}$/);
		assert.deepEqual(
			[kept.properties["__provider"], kept.properties["status"]],
			[VIDEO.__provider, "processing"],
		);
		assert.match(kept.reasons[0] ?? "", /Run `pulumi up` again/);
		assert.equal((await server.read(kept.id, kept.properties)).id, kept.id);
	});

	it("marks presigned links in the state as secrets", async () => {
		const { properties } = await server.create(await checked());
		assert.ok(isSecret(properties["videoUrl"]));
		assert.equal(isSecret(properties["videoPageUrl"]), false);
	});

	it("shares one poller, and looks at the account no more than once a submit, for all videos of a run", async () => {
		emulator.control.settings.renderSeconds = 2;
		const names = Array.from({ length: 6 }, (_, at) => `${VIDEO.resourceUrn}-${at}`);
		const inputs = await Promise.all(names.map((resourceUrn) => checked({ resourceUrn })));
		const made = await Promise.all(inputs.map((each) => server.create(each)));
		assert.equal(new Set(made.map(({ id }) => id)).size, 6);
		const requests = emulator.control.requests();
		const looks = requests.filter(({ path }) => path === "/v3/users/me");
		assert.ok(looks.length <= 6, `${looks.length} looks at the account`);
		const polls = requests.filter(({ route }) => route === "/v3/videos/statuses");
		assert.ok(polls.length <= 6, `${polls.length} requests for statuses`);
	});

	it("prints no stack of an error, not even of those that it dumps itself", async () => {
		emulator.control.intercept({ method: "DELETE", route: "/v3/videos/{id}", action: { status: 403 } });
		const { message } = await failure(server.delete("0".repeat(32), VIDEO));
		assert.match(message, /403/);
		assert.doesNotMatch(server.errors(), /\bat\b|Error/);
	});

	it("says how to set the key when there is none, at the first call that needs it", async () => {
		const keyless = await startDynamicServer({ "heygen:baseUrl": emulator.url });
		try {
			const failed = await failure(keyless.delete("0".repeat(32), VIDEO));
			assert.match(failed.message, /pulumi config set heygen:apiKey --secret/);
		} finally {
			await keyless.close();
		}
	});
});

const isSecret = (value: unknown): value is { value: unknown } =>
	typeof value === "object" && value !== null && SECRET in value;

/** Properties as the engine hands them back: without the marks of secrets. */
const plainOf = (properties: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(properties).map(([key, value]) => [key, isSecret(value) ? value.value : value]),
	);
