import assert from "node:assert/strict";
import { scenario } from "../support/scenario.ts";

const ARGS = {
	url: "https://hooks.example.com/heygen",
	events: ["avatar_video.success", "avatar_video.fail"],
};
const ENDPOINTS = "/v3/webhooks/endpoints";
/** A program of a user's for one endpoint. */
const oneEndpoint = (args: object = ARGS, options: object = {}) =>
	`exports.secret = new heygen.WebhookEndpoint("renders", ${JSON.stringify(args)}, ${JSON.stringify(options)}).secret;`;

describe("a webhook endpoint on the engine", function () {
	this.timeout(180_000);
	const scene = scenario();
	const endpoints = () => scene.emulator.control.webhookEndpoints();
	const ids = () => endpoints().map(({ id }) => id);
	const secretOutput = async () =>
		(await scene.project.pulumi("stack", "output", "secret", "--show-secrets")).stdout.trim();

	it("is registered once, with its secret encrypted in the state and told to those who ask for it", async () => {
		const { project, emulator } = scene;
		const shown: string[] = [];
		await project.write(oneEndpoint({ ...ARGS, secretVersion: 1 }, { additionalSecretOutputs: ["url"] }));
		shown.push((await project.pulumi("preview")).text, (await project.up()).text);
		assert.match((await project.up()).text, /2 unchanged/);
		const { id, outputs } = await project.named("renders");
		assert.deepEqual(ids(), [id]);
		assert.ok(isEncrypted(outputs["secret"]) && isEncrypted(outputs["url"]));
		const first = await secretOutput();
		assert.match(first, /^whsec_/);

		await project.write(oneEndpoint({ ...ARGS, secretVersion: 2 }, { additionalSecretOutputs: ["url"] }));
		shown.push((await project.up()).text);
		const second = await secretOutput();
		assert.match(second, /^whsec_/);
		assert.notEqual(second, first);
		shown.push((await project.pulumi("refresh", "--yes")).text, await project.rawState());
		assert.ok(isEncrypted((await project.named("renders")).outputs["secret"]));

		emulator.control.intercept({
			route: `${ENDPOINTS}/{id}/rotate-secret`,
			action: { status: 403, message: `no ${second}` },
		});
		await project.write(oneEndpoint({ ...ARGS, secretVersion: 3 }));
		shown.push((await project.upFails()).text, await project.rawState());
		assert.equal(await secretOutput(), second);
		shown.push((await project.up()).text);
		const third = await secretOutput();
		shown.push((await project.pulumi("destroy", "--yes")).text, JSON.stringify(emulator.control.requests()));
		assert.deepEqual(ids(), []);
		const text = shown.join("\n");
		for (const secret of [first, second, third]) assert.ok(!text.includes(secret));
		assert.doesNotMatch(text, /whsec_/);
	});

	it("changes in place: its URL, its events, and all events", async () => {
		const { project } = scene;
		await project.write(oneEndpoint());
		await project.up();
		const [id, secret] = [(await project.named("renders")).id, await secretOutput()];
		const url = "https://hooks.example.com/v2";
		for (const args of [{ ...ARGS, url }, { url, events: ["batch.finished"] }, { url }, ARGS]) {
			await project.write(oneEndpoint(args));
			assert.match((await project.up()).text, /1 updated/);
			const [now] = endpoints();
			assert.deepEqual(
				[now?.id, now?.url, now?.events],
				[id, args.url, "events" in args ? args.events : null],
			);
			assert.match((await project.up()).text, /2 unchanged/);
		}
		assert.equal(await secretOutput(), secret);
		await project.write(oneEndpoint({ ...ARGS, events: [...ARGS.events].reverse() }));
		assert.match((await project.up()).text, /2 unchanged/);
	});

	it("is put right by the next run when a refresh finds it changed, and registered anew when it is gone", async () => {
		const { project, emulator } = scene;
		await project.write(oneEndpoint());
		await project.up();
		const { id } = await project.named("renders");
		await byHand("PATCH", `${ENDPOINTS}/${id}`, {
			url: "https://else.example.com",
			events: ["batch.finished"],
		});
		assert.match((await project.pulumi("refresh", "--yes")).text, /1 updated/);
		await project.up();
		assert.deepEqual([endpoints()[0]?.url, endpoints()[0]?.events], [ARGS.url, ARGS.events]);

		await byHand("DELETE", `${ENDPOINTS}/${id}`);
		emulator.control.clock.advance(60);
		await project.pulumi("refresh", "--yes");
		await project.up();
		const next = await project.named("renders");
		assert.notEqual(next.id, id);
		assert.deepEqual(ids(), [next.id]);
	});

	it("is replaced for another entity, and after a change that found it gone", async () => {
		const { project, emulator } = scene;
		await project.write(oneEndpoint({ ...ARGS, entityId: "one" }));
		await project.up();
		await project.write(oneEndpoint({ ...ARGS, entityId: "two", events: ["avatar_video.sucess"] }));
		const { text } = await project.pulumi("preview");
		const told = text.slice(text.indexOf("Diagnostics:"));
		assert.equal(told.match(/Did you mean avatar_video.success\?/g)?.length, 1, "it is checked twice");
		await project.write(oneEndpoint({ ...ARGS, entityId: "two" }));
		assert.match((await project.up()).text, /1 replaced/);
		assert.deepEqual(
			endpoints().map(({ entityId }) => entityId),
			["two"],
		);

		const { id } = await project.named("renders");
		await byHand("DELETE", `${ENDPOINTS}/${id}`);
		emulator.control.clock.advance(60);
		await project.write(oneEndpoint({ ...ARGS, entityId: "two", secretVersion: 2 }));
		assert.match(
			(await project.upFails()).text,
			/was deleted at HeyGen\. The next `pulumi up` registers it anew/,
		);
		await project.up();
		assert.deepEqual(ids(), [(await project.named("renders")).id]);
		assert.match((await project.up()).text, /2 unchanged/);
	});

	it("is kept, with a new secret, when it is replaced by force", async () => {
		const { project, emulator } = scene;
		await project.write(oneEndpoint());
		await project.up();
		const [{ id, urn }, secret] = [await project.named("renders"), await secretOutput()];
		emulator.control.clock.advance(60);
		const { text } = await project.up("--replace", urn);
		assert.match(text, /Took over webhook endpoint .* with a new secret/);
		assert.deepEqual([ids(), (await project.named("renders")).id], [[id], id]);
		assert.notEqual(await secretOutput(), secret);
		assert.match((await project.up()).text, /2 unchanged/);
	});

	it("is one when every answer of the first run was lost", async () => {
		const { project, emulator } = scene;
		emulator.control.intercept({ method: "POST", route: ENDPOINTS, times: 5, action: "lose-answer" });
		await project.write(oneEndpoint());
		assert.match((await project.upFails()).text, /may have been done.*within 24 hours/s);
		emulator.control.clock.advance(60);
		await project.up();
		assert.deepEqual(ids(), [(await project.named("renders")).id]);
		assert.match(await secretOutput(), /^whsec_/);
	});

	it("is left alone when it has a new name and another one takes its old name", async () => {
		const { project, emulator } = scene;
		await project.write(oneEndpoint());
		await project.up();
		const [{ id }, secret] = [await project.named("renders"), await secretOutput()];
		const renamed = oneEndpoint(ARGS, { aliases: [{ name: "renders" }] }).replace('"renders"', '"renamed"');
		await project.write(renamed);
		assert.match((await project.up()).text, /2 unchanged/);
		emulator.control.clock.advance(60);
		const other = 'new heygen.WebhookEndpoint("renders", { url: "https://else.example.com" });';
		await project.write(`${other}\n${renamed.replace(/"aliases":\[.*?\]/, "")}`);
		await project.up();
		assert.equal(await secretOutput(), secret);
		assert.deepEqual(
			endpoints().map((endpoint) => [endpoint.id, endpoint.url]),
			[
				[id, ARGS.url],
				[(await project.named("renders")).id, "https://else.example.com"],
			],
		);
	});

	it("can be adopted and looked up", async () => {
		const { project } = scene;
		const { data } = await byHand("POST", ENDPOINTS, { url: "https://else.example.com" });
		const id = data["endpoint_id"];
		await project.write(oneEndpoint({ ...ARGS, adoptEndpointId: id }));
		assert.match((await project.up()).text, /Took over webhook endpoint .* with a new secret/);
		assert.deepEqual([(await project.named("renders")).id, endpoints()[0]?.url], [id, ARGS.url]);
		assert.match(await secretOutput(), /^whsec_/);
		const found = `exports.url = heygen.WebhookEndpoint.get("found", ${JSON.stringify(id)}).url;`;
		await project.write(`${oneEndpoint()}\n${found}`);
		assert.match((await project.up()).text, /2 unchanged/);
		assert.equal((await project.pulumi("stack", "output", "url")).stdout.trim(), ARGS.url);
		await project.pulumi("destroy", "--yes");
		assert.deepEqual(ids(), []);
	});

	it("is told about in the preview when its inputs are wrong or in doubt, without a request", async () => {
		const { project, emulator } = scene;
		await project.write(oneEndpoint({ url: "http://hooks.example.com", events: [], entity_id: "e" }));
		const wrong = await project.pulumi("preview");
		assert.notEqual(wrong.code, 0);
		for (const message of [
			/url: must be a public https URL/,
			/events: must be a list/,
			/did you mean entityId\?/,
		]) {
			assert.match(wrong.text, message);
		}
		await project.write(oneEndpoint({ ...ARGS, events: ["avatar_video.sucess"] }));
		const doubtful = await project.pulumi("preview");
		assert.equal(doubtful.code, 0, doubtful.text);
		assert.match(
			doubtful.text,
			/warning: events\[0\]: "avatar_video.sucess" .* Did you mean avatar_video.success\?/,
		);
		assert.deepEqual(emulator.control.requests(), []);
	});

	async function byHand(method: string, path: string, body?: object) {
		const { url, apiKey } = scene.emulator;
		const headers = { "x-api-key": apiKey, "content-type": "application/json" };
		const response = await fetch(`${url}${path}`, {
			method,
			headers,
			body: body ? JSON.stringify(body) : null,
		});
		assert.equal(response.status, 200);
		return (await response.json()) as { data: Record<string, string> };
	}
});

/** How the state holds a secret: by a mark and a cipher text. */
const isEncrypted = (value: unknown) =>
	typeof value === "object" && value !== null && "ciphertext" in value && !("plaintext" in value);
