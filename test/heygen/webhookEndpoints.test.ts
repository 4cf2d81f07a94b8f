import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient } from "../../heygen/client.ts";
import { HeyGenAnswerInvalid, isNotFound } from "../../heygen/errors.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, bodyOf, startServer, type TestServer } from "../support/httpServer.ts";

const ENDPOINT = { endpoint_id: "e/1", url: "https://h.example.com", events: null, status: "enabled" };

describe("the client's calls for webhook endpoints", () => {
	let server: TestServer;
	let seen: { call: string; key: string | undefined; body: unknown }[];
	let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];

	beforeEach(async () => {
		[seen, answers] = [[], []];
		server = await startServer(async (request, response) => {
			const { method, url, headers } = request;
			const body = await bodyOf(request);
			const key = headers["idempotency-key"];
			seen.push({
				call: `${method} ${url}`,
				key: typeof key === "string" ? key : undefined,
				body: body === "" ? undefined : JSON.parse(body),
			});
			answers.shift()?.(request, response);
		});
	});
	afterEach(() => server.close());

	const client = () => createClient({ apiKey: "k", baseUrl: server.url, clock: fastClock() });
	const answer = (data: unknown, more = {}) =>
		answers.push((_request, response) => answerJson(response, 200, { data, ...more }));
	const breakOff = () => answers.push((request) => void request.socket.resetAndDestroy());

	it("register under a key, again when no answer comes, and tell the server's time", async () => {
		breakOff();
		answer({ ...ENDPOINT, secret: "whsec_1" });
		const body = { url: ENDPOINT.url, events: ["a.b"], entity_id: "x" };
		const { endpoint, serverTime, tookMs } = await client().createWebhookEndpoint(body, "key-1");
		assert.deepEqual([endpoint.secret, typeof serverTime], ["whsec_1", "number"]);
		assert.ok(tookMs > 0, "the first try counts");
		const sent = { call: "POST /v3/webhooks/endpoints", key: "key-1", body };
		assert.deepEqual(seen, [sent, sent]);
	});

	it("list all pages", async () => {
		answer([ENDPOINT], { has_more: true, next_token: "t" });
		answer([{ ...ENDPOINT, endpoint_id: "e2" }], { has_more: false, next_token: null });
		const all = await client().listWebhookEndpoints();
		assert.deepEqual(
			all.map(({ endpoint_id }) => endpoint_id),
			["e/1", "e2"],
		);
		assert.deepEqual(
			seen.map(({ call }) => call),
			["GET /v3/webhooks/endpoints?limit=100", "GET /v3/webhooks/endpoints?limit=100&token=t"],
		);
	});

	it("change what is given, null included", async () => {
		breakOff();
		answer(ENDPOINT);
		await client().updateWebhookEndpoint("e/1", { events: null });
		assert.deepEqual(seen[1], {
			call: "PATCH /v3/webhooks/endpoints/e%2F1",
			key: undefined,
			body: { events: null },
		});
	});

	it("make a new secret under a key, without a body", async () => {
		answer({ endpoint_id: "e/1", secret: "whsec_2" });
		assert.equal(await client().rotateWebhookSecret("e/1", "key-2"), "whsec_2");
		assert.deepEqual(seen, [
			{ call: "POST /v3/webhooks/endpoints/e%2F1/rotate-secret", key: "key-2", body: undefined },
		]);
	});

	it("do not take a new secret that is empty", async () => {
		for (let tries = 0; tries < 5; tries++) answer({ endpoint_id: "e/1", secret: "" });
		await assert.rejects(client().rotateWebhookSecret("e/1", "key-2"), HeyGenAnswerInvalid);
	});

	it("delete, whatever the answer holds, and tell when there is nothing to delete", async () => {
		answer({});
		answers.push((_request, response) => void response.writeHead(204).end());
		await client().deleteWebhookEndpoint("e/1");
		await client().deleteWebhookEndpoint("e/1");
		answers.push((_request, response) => answerJson(response, 404, { error: { code: "webhook_not_found" } }));
		await assert.rejects(client().deleteWebhookEndpoint("e/1"), isNotFound);
	});
});
