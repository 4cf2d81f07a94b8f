import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { type Emulator, startEmulator } from "../../../emulator/index.ts";
import { createClient } from "../../../heygen/client.ts";
import { type WebhookEvent, webhookHandler } from "../../../heygen/webhooks/index.ts";
import { GOOD } from "../../emulator/support.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";

describe("the event of a real render", () => {
	let emulator: Emulator;
	let server: TestServer | undefined;
	beforeEach(async () => {
		emulator = await startEmulator({ renderSeconds: 0.2, queueSeconds: 0.1 });
	});
	afterEach(async () => {
		await server?.close();
		await emulator.close();
	});

	it("is verified by a receiver, which refuses it with one bit of the body changed", async () => {
		const heygen = createClient({ apiKey: emulator.apiKey, baseUrl: emulator.url });
		const events: WebhookEvent[] = [];
		let arrived: { headers: IncomingHttpHeaders; body: Buffer } | undefined;
		let secret = "";
		const { promise: told, resolve: tell } = Promise.withResolvers<void>();
		server = await startServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk);
			const body = Buffer.concat(chunks);
			arrived ??= { headers: request.headers, body };
			const handler = webhookHandler({
				secrets: secret,
				onEvent: (event) => void events.push(event),
				onError: () => {},
			});
			await handler.node(Object.assign(request, { rawBody: body }), response);
			tell();
		});

		const { endpoint } = await heygen.createWebhookEndpoint({ url: `${server.url}/hook` }, "key-1");
		secret = endpoint.secret ?? "";
		const { videoId } = await heygen.submitVideo({ ...GOOD, type: "avatar_shots" }, "key-2");
		await told;

		const [event] = events;
		assert.equal(event?.type, "avatar_video.success");
		assert.equal(event?.type === "avatar_video.success" && event.data.videoId, videoId);

		assert.ok(arrived);
		const { "content-length": _, connection: __, host: ___, ...headers } = arrived.headers;
		const send = async (body: Buffer) => {
			const init = { method: "POST", headers: headers as Record<string, string>, body: new Uint8Array(body) };
			return (await fetch(`${server?.url}/hook`, init)).status;
		};
		const changed = Buffer.from(arrived.body);
		const at = changed.length - 5;
		changed[at] = (changed[at] ?? 0) ^ 1;
		assert.equal(await send(changed), 401);
		assert.equal(events.length, 1);
		assert.ok([200, 204].includes(await send(arrived.body)));
	});
});
