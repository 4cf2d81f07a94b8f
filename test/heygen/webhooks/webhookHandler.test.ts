import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import { connect } from "node:net";
import {
	BodyTooLarge,
	createTestWebhook,
	type WebhookEvent,
	type WebhookHandlerOptions,
	WrongSignature,
	webhookHandler,
} from "../../../heygen/webhooks/index.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";

const secret = "whsec_test";
const MIB = 1024 * 1024;

interface Answer {
	status: number;
	allow: string | null;
	body: string;
}

describe("a receiver of webhooks", () => {
	let server: TestServer | undefined;
	let events: WebhookEvent[];
	let errors: unknown[];

	beforeEach(() => {
		[events, errors] = [[], []];
	});
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	const receiver = (changes: Partial<WebhookHandlerOptions> = {}) =>
		webhookHandler({
			secrets: secret,
			onEvent: (event) => void events.push(event),
			onError: (error) => void errors.push(error),
			...changes,
		});
	const webhook = (changes: Partial<Parameters<typeof createTestWebhook>[0]> = {}) =>
		createTestWebhook({ type: "avatar_video.success", data: { video_id: "v1" }, secret, ...changes });
	const listen = async (listener: RequestListener): Promise<string> => {
		server = await startServer(listener);
		return server.url;
	};

	const forms: Record<
		string,
		(init: RequestInit, changes?: Partial<WebhookHandlerOptions>) => Promise<Answer>
	> = {
		"node:http": async (init, changes) => {
			const url = await listen(receiver(changes).node);
			return answerOf(await fetch(url, init));
		},
		"the web standard": async (init, changes) =>
			answerOf(await receiver(changes).fetch(new Request("http://service.example/heygen", init))),
	};
	const answerOf = async (response: Response): Promise<Answer> => ({
		status: response.status,
		allow: response.headers.get("allow"),
		body: await response.text(),
	});

	for (const [form, send] of Object.entries(forms)) {
		describe(`on ${form}`, () => {
			it("hands a verified event over, and answers 204", async () => {
				assert.deepEqual(await send(webhook()), { status: 204, allow: null, body: "" });
				assert.equal(events.length, 1);
				assert.ok(events[0]?.type === "avatar_video.success" && events[0].data.videoId === "v1");
				assert.deepEqual(errors, []);
			});
			it("takes what is signed with the old or the new secret", async () => {
				assert.equal((await send(webhook(), { secrets: ["whsec_new", secret] })).status, 204);
			});
			it("refuses the same request with one bit of the body changed", async () => {
				const { body, ...rest } = webhook();
				const bytes = Buffer.from(body);
				bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
				const answer = await send({ ...rest, body: bytes });
				assert.deepEqual([answer.status, answer.body], [401, '{"error":"wrong_signature"}']);
				assert.deepEqual(events, []);
				assert.ok(errors[0] instanceof WrongSignature);
			});
			it("refuses a request without a signature, a stale one and one without a body", async () => {
				const unsigned = { method: "POST", headers: { "content-type": "application/json" } };
				const answer = await send({ ...unsigned, body: "{}" });
				assert.deepEqual([answer.status, answer.body], [401, '{"error":"missing_signature"}']);
				await server?.close();
				const stale = await send(webhook({ now: () => Date.now() - 301_000 }));
				assert.deepEqual([stale.status, stale.body], [401, '{"error":"stale_timestamp"}']);
				await server?.close();
				assert.equal((await send(unsigned)).status, 401);
				assert.deepEqual(events, []);
			});
			it("takes an old request when the service allows it", async () => {
				const old = webhook({ now: () => Date.now() - 301_000 });
				assert.equal((await send(old, { maxAgeSeconds: 3600 })).status, 204);
			});
			it("answers 405 to other methods and says which it takes", async () => {
				for (const method of ["GET", "PUT"]) {
					const answer = await send({ method });
					assert.deepEqual([answer.status, answer.allow], [405, "POST, OPTIONS"]);
					await server?.close();
				}
			});
			it("answers OPTIONS, with which a service may look whether the URL is there", async () => {
				const answer = await send({ method: "OPTIONS" });
				assert.deepEqual(answer, { status: 204, allow: "POST, OPTIONS", body: "" });
			});
			it("answers 415 to what is no JSON by its content type", async () => {
				for (const type of ["text/plain", "application/jsonp", "multipart/form-data; boundary=x"]) {
					const { headers, ...rest } = webhook();
					assert.equal((await send({ ...rest, headers: { ...headers, "Content-Type": type } })).status, 415);
					await server?.close();
				}
				const { headers, ...rest } = webhook();
				const utf8 = { ...headers, "Content-Type": "application/json; charset=utf-8" };
				assert.equal((await send({ ...rest, headers: utf8 })).status, 204);
			});
			it("answers 400 to a signed body that is no JSON, or no event", async () => {
				const { signatureOf } = await import("../../../heygen/webhooks/signature.ts");
				for (const [body, code] of [
					["<html>", "body_not_json"],
					["[]", "not_an_event"],
				] as const) {
					const signature = signatureOf(body, secret).toString("hex");
					const headers = { "content-type": "application/json", signature };
					const answer = await send({ method: "POST", body, headers });
					assert.deepEqual([answer.status, answer.body], [400, JSON.stringify({ error: code })]);
					await server?.close();
				}
			});
			it("answers 413 to a body over its limit, and takes one at it", async () => {
				const signed = webhook();
				const size = Buffer.byteLength(signed.body);
				assert.equal((await send(signed, { maxBodyBytes: size })).status, 204);
				await server?.close();
				const answer = await send(signed, { maxBodyBytes: size - 1 });
				assert.deepEqual([answer.status, answer.body], [413, '{"error":"body_too_large"}']);
				assert.ok(errors[0] instanceof BodyTooLarge);
			});
			it("answers 200 to a duplicate, and hands nothing over", async () => {
				const seen: string[] = [];
				const isDuplicate = async (eventId: string) => seen.push(eventId) > 0;
				const answer = await send(webhook({ eventId: "evt-1" }), { isDuplicate });
				assert.deepEqual([answer.status, seen, events], [200, ["evt-1"], []]);
			});
			it("hands a new event over when the service looks for duplicates", async () => {
				assert.equal((await send(webhook(), { isDuplicate: () => false })).status, 204);
				assert.equal(events.length, 1);
			});
			it("answers 500 when onEvent or isDuplicate fails, so that HeyGen delivers again, and tells the sender nothing", async () => {
				const failure = new Error("database at db.internal is down");
				const fails = async () => Promise.reject(failure);
				const failsAtOnce = () => {
					throw failure;
				};
				for (const changes of [{ onEvent: fails }, { onEvent: failsAtOnce }, { isDuplicate: fails }]) {
					const answer = await send(webhook(), changes);
					assert.deepEqual([answer.status, answer.body], [500, '{"error":"internal_error"}']);
					await server?.close();
				}
				assert.deepEqual(errors, [failure, failure, failure]);
			});
		});
	}

	describe("on node:http", () => {
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
			const onError = (error: unknown) => {
				errors.push(error);
				reported();
			};
			let reported = () => {};
			const broken = new Promise<void>((resolve) => {
				reported = resolve;
			});
			const url = await listen(receiver({ onError }).node);
			const socket = connect(Number(new URL(url).port), "127.0.0.1");
			socket.write(
				"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
			);
			await once(socket, "connect");
			await new Promise((resolve) => setTimeout(resolve, 50));
			socket.destroy();
			await broken;
			assert.equal(errors.length, 1);
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
			let answered: Promise<void> | undefined;
			let release = () => {};
			const onEvent = () =>
				new Promise<void>((resolve) => {
					release = resolve;
				});
			const { node } = receiver({ onEvent });
			const url = await listen((request, response) => {
				answered = node(request, response);
				setTimeout(() => response.writeHead(504).end(), 50);
			});
			assert.equal((await fetch(url, webhook())).status, 504);
			release();
			await answered;
			assert.deepEqual(errors, []);
		});
	});

	describe("on the web standard", () => {
		const streaming = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void) =>
			new Request("http://service.example/", {
				method: "POST",
				headers: webhook().headers,
				body: new ReadableStream({ pull }),
				duplex: "half",
			});
		it("reads no more than the limit of a body without end", async () => {
			let sent = 0;
			const request = streaming((controller) => {
				sent += 65_536;
				controller.enqueue(new Uint8Array(65_536));
			});
			assert.equal((await receiver().fetch(request)).status, 413);
			assert.ok(sent <= MIB + 4 * 65_536, `${sent} bytes were read`);
		});
		it("answers 400 when the body breaks off", async () => {
			const request = streaming((controller) => controller.error(new TypeError("terminated")));
			assert.equal((await receiver().fetch(request)).status, 400);
			assert.equal(errors.length, 1);
		});
		it("names the cause when the body was read before", async () => {
			const request = new Request("http://service.example/", webhook());
			await request.json();
			assert.equal((await receiver().fetch(request)).status, 401);
			assert.ok(errors[0] instanceof WrongSignature);
			assert.match(errors[0].message, /was read, and perhaps parsed/);
		});
	});

	it("is not made without a secret, a function for events, or limits that are numbers", () => {
		assert.throws(() => receiver({ secrets: "" }), /`secrets` must be/);
		assert.throws(() => receiver(JSON.parse('{"onEvent":"x"}')), /`onEvent` must be a function/);
		assert.throws(() => receiver({ maxBodyBytes: Number.NaN }), /`maxBodyBytes` must be/);
		assert.throws(() => receiver(JSON.parse('{"maxAgeSeconds":"300"}')), /`maxAgeSeconds` must be/);
	});
});
