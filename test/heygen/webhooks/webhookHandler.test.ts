import assert from "node:assert/strict";
import { mock } from "node:test";
import {
	BodyTooLarge,
	createTestWebhook,
	type WebhookEvent,
	type WebhookHandlerOptions,
	WrongSignature,
	webhookHandler,
} from "../../../heygen/webhooks/index.ts";
import { signatureOf } from "../../../heygen/webhooks/signature.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";

const secret = "whsec_test";

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

	const forms: Record<
		string,
		(init: RequestInit, changes?: Partial<WebhookHandlerOptions>) => Promise<Answer>
	> = {
		"node:http": async (init, changes) => {
			server = await startServer(receiver(changes).node);
			return answerOf(await fetch(server.url, init));
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
				const stale = await send(webhook({ now: () => Date.now() - 90_001_000 }));
				assert.deepEqual([stale.status, stale.body], [401, '{"error":"stale_timestamp"}']);
				await server?.close();
				assert.equal((await send(unsigned)).status, 401);
				assert.deepEqual(events, []);
			});
			it("takes as old a request as the service says", async () => {
				const old = () => webhook({ now: () => Date.now() - 301_000 });
				assert.equal((await send(old(), { maxAgeSeconds: 3600 })).status, 204);
				await server?.close();
				assert.equal((await send(old(), { maxAgeSeconds: 300 })).status, 401);
			});
			it("answers also when the service's own reporting fails", async () => {
				const broken = () => {
					throw new Error("no log");
				};
				assert.equal((await send({ ...webhook(), body: "{}" }, { onError: broken })).status, 401);
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

	it("writes what it refuses to the standard error in one line, when no onError is given", async () => {
		const written = mock.method(console, "error", () => undefined);
		try {
			const { body, ...rest } = webhook();
			await receiver({ onError: undefined }).fetch(
				new Request("http://service.example/", { ...rest, body: `${body} ` }),
			);
			const lines = written.mock.calls.map((call) => call.arguments.join(" "));
			assert.equal(lines.length, 1);
			assert.match(lines[0] ?? "", /^HeyGen webhook: WrongSignature: [^\n]+$/);
			assert.ok(!lines[0]?.includes(secret));
		} finally {
			written.mock.restore();
		}
	});

	it("is not made without a secret, a function for events, or limits that are numbers", () => {
		assert.throws(() => receiver({ secrets: "" }), /`secrets` must be/);
		assert.throws(() => receiver(JSON.parse('{"onEvent":"x"}')), /`onEvent` must be a function/);
		assert.throws(() => receiver({ maxBodyBytes: Number.NaN }), /`maxBodyBytes` must be/);
		assert.throws(() => receiver(JSON.parse('{"maxAgeSeconds":"300"}')), /`maxAgeSeconds` must be/);
	});
});
