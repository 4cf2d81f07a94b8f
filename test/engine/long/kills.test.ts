import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { startServer, type TestServer } from "../../support/httpServer.ts";
import { pngOf, SAMPLES } from "../../support/samples.ts";
import { providersIn, startUp, until } from "../support/processes.ts";
import { scenario } from "../support/scenario.ts";

const ENDPOINTS = "/v3/webhooks/endpoints";
const PROGRAM = `
	new heygen.Asset("logo", { source: "logo.png" });
	exports.secret = new heygen.WebhookEndpoint("renders", { url: "https://hooks.example.com", events: ["avatar_video.fail"] }).secret;`;

describe("an asset and a webhook endpoint whose run is killed", function () {
	this.timeout(400_000);
	const scene = scenario();
	let receiver: TestServer | undefined;
	afterEach(async () => {
		await receiver?.close();
		receiver = undefined;
	});
	const assets = () => scene.emulator.control.assets().filter(({ deleted }) => !deleted);
	const endpoints = () => scene.emulator.control.webhookEndpoints();

	/** Kills a run when HeyGen has made both, and has answered neither. */
	async function killMidway(kill: (cli: ChildProcess) => void): Promise<void> {
		const { project, emulator } = scene;
		await writeFile(join(project.folder, "logo.png"), pngOf(2_000));
		await project.write(PROGRAM);
		const held = ["/v3/assets", ENDPOINTS].map((route) =>
			emulator.control.intercept({ method: "POST", route, action: { answerAfterSeconds: 600 } }),
		);
		const cli = await startUp(project);
		const ended = once(cli, "exit");
		await until(() => assets().length === 1 && endpoints().length === 1);
		kill(cli);
		await ended;
		for (const handle of held) handle.remove();
	}

	/** A delivery is signed with the secret that the stack tells. */
	async function assertSecretInForce(): Promise<void> {
		const { project, emulator } = scene;
		const { stdout } = await project.pulumi("stack", "output", "secret", "--show-secrets");
		const { promise: delivered, resolve } = Promise.withResolvers<[IncomingHttpHeaders, string]>();
		receiver = await startServer(async (request, response) => {
			resolve([request.headers, await textOf(request)]);
			response.end();
		});
		const headers = { "x-api-key": emulator.apiKey, "content-type": "application/json" };
		const body = JSON.stringify({ url: receiver.url });
		const [endpoint] = endpoints();
		const path = `${emulator.url}${ENDPOINTS}/${endpoint?.id}`;
		assert.equal((await fetch(path, { method: "PATCH", headers, body })).status, 200);
		emulator.control.sendEvent("avatar_video.fail", {});
		const [got, text] = await delivered;
		assert.equal(got["heygen-signature"], createHmac("sha256", stdout.trim()).update(text).digest("hex"));
	}

	for (const [who, kill, locked] of [
		["the CLI", (cli: ChildProcess) => void cli.kill("SIGKILL"), true],
		[
			"the provider",
			() => {
				for (const id of providersIn(scene.project.folder)) process.kill(id, "SIGKILL");
			},
			false,
		],
	] as const) {
		it(`are one each after the next up, with a secret that is in force: ${who}`, async () => {
			const { project, emulator } = scene;
			await killMidway(kill);
			if (locked) await project.pulumi("cancel", "--yes");
			await project.up();
			assert.deepEqual([assets().length, endpoints().length, emulator.control.uploads()], [1, 1, 1]);
			assert.equal((await project.named("logo")).id, assets()[0]?.id);
			assert.equal((await project.named("renders")).id, endpoints()[0]?.id);
			await assertSecretInForce();
		});
	}
});

describe("an asset of more than 32 MiB on the real engine", function () {
	this.timeout(180_000);
	const scene = scenario();

	it("goes to the storage directly, in three steps and once", async () => {
		const { project, emulator } = scene;
		const file = Buffer.concat([SAMPLES["video/mp4"], Buffer.alloc(34_000_000, 7)]);
		await writeFile(join(project.folder, "film.mp4"), file);
		await project.write('new heygen.Asset("film", { source: "film.mp4" });');
		await project.up();
		const { id, outputs } = await project.named("film");
		const [asset] = emulator.control.assets();
		const sha256 = createHash("sha256").update(file).digest("hex");
		assert.deepEqual([asset?.id, asset?.sha256], [id, sha256]);
		assert.deepEqual([outputs["sizeBytes"], outputs["sha256"]], [file.length, sha256]);
		const sent = emulator.control.requests().filter(({ method }) => method !== "GET");
		assert.deepEqual(
			sent.map(({ method, route, status }) => `${method} ${route} ${status}`),
			["POST /v3/assets/direct-uploads 200", "PUT /uploads/{id} 200", "POST /v3/assets/{id}/complete 200"],
		);
	});
});
