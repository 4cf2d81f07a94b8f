import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import { connect } from "node:net";
import {
	createTestWebhook,
	type WebhookHandlerOptions,
	WrongSignature,
	webhookHandler,
} from "../../../heygen/webhooks/index.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";

const secret = "whsec_test";
const MIB = 1024 * 1024;

describe("a receiver of webhooks on node:http", () => {
	let server: TestServer | undefined;
	let errors: unknown[];

	beforeEach(() => {
		errors = [];
	});
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	const receiver = (changes: Partial<WebhookHandlerOptions> = {}) =>
		webhookHandler({
			secrets: secret,
			onEvent: () => undefined,
			onError: (error) => void errors.push(error),
			...changes,
		});
	const webhook = () => createTestWebhook({ type: "avatar_video.success", data: { video_id: "v1" }, secret });
	const listen = async (listener: RequestListener): Promise<string> => {
		server = await startServer(listener);
		return server.url;
	};
	const post = async (url: string, headers: Record<string, string | number>) => {
		const request = httpRequest(url, { method: "POST", headers });
		request.on("error", () => undefined);
		const answered = once(request, "response").then(([response]) => {
			const { statusCode, headers: answer } = response as IncomingMessage;
			(response as IncomingMessage).resume();
			return { status: statusCode, connection: answer.connection };
		});
		return { request, answered };
	};
	const refused = { status: 413, connection: "close" };

	it("refuses 5 MB by the length it is told, before they are sent", async () => {
		const url = await listen(receiver().node);
		const { headers } = webhook();
		const { request, answered } = await post(url, { ...headers, "content-length": 5 * MIB });
		request.flushHeaders();
		assert.deepEqual(await answered, refused);
		request.destroy();
	});
	it("refuses a body of unknown length as soon as it is too long", async () => {
		const url = await listen(receiver().node);
		const { request, answered } = await post(url, webhook().headers);
		request.write(Buffer.alloc(MIB + 1, "x"));
		assert.deepEqual(await answered, refused);
		request.destroy();
	});
	it("survives a connection that breaks off within the body", async () => {
		const [arrived, reported] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
		const { node } = receiver({ onError: reported.resolve });
		const url = await listen((request, response) => {
			arrived.resolve();
			return node(request, response);
		});
		const socket = connect(Number(new URL(url).port), "127.0.0.1");
		socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
		await arrived.promise;
		socket.destroy();
		assert.ok((await reported.promise) instanceof Error);
		assert.equal((await fetch(url, webhook())).status, 204);
	});
	it("takes the bytes that a framework has put on the request", async () => {
		for (const name of ["body", "rawBody"]) {
			const { node } = receiver();
			const url = await listen(async (request, response) => {
				const chunks: Uint8Array[] = [];
				for await (const chunk of request) chunks.push(chunk);
				await node(Object.assign(request, { body: {}, [name]: Buffer.concat(chunks) }), response);
			});
			assert.equal((await fetch(url, webhook())).status, 204);
			await server?.close();
		}
	});
	it("names the cause when a framework has parsed the body", async () => {
		const { node } = receiver();
		const url = await listen(async (request, response) => {
			let text = "";
			for await (const chunk of request) text += chunk;
			await node(Object.assign(request, { body: JSON.parse(text) }), response);
		});
		assert.equal((await fetch(url, webhook())).status, 401);
		assert.ok(errors[0] instanceof WrongSignature);
		assert.match(errors[0].message, /was read, and perhaps parsed, before.*express\.raw/s);
	});
	it("reads the body itself when a parser has left an empty object and the bytes", async () => {
		const { node } = receiver();
		const url = await listen((request, response) => node(Object.assign(request, { body: {} }), response));
		assert.equal((await fetch(url, webhook())).status, 204);
	});
	it("is silent when the framework has answered already, as at a time limit", async () => {
		const [begun, work] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const onEvent = () => {
			begun.resolve();
			return work.promise;
		};
		const { node } = receiver({ onEvent });
		let handled: Promise<void> | undefined;
		const url = await listen(async (request, response) => {
			handled = node(request, response);
			await begun.promise;
			response.writeHead(504).end();
		});
		assert.equal((await fetch(url, webhook())).status, 504);
		work.resolve();
		await handled;
		assert.deepEqual(errors, []);
	});
});
