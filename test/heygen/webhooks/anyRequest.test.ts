import assert from "node:assert/strict";
import fc from "fast-check";
import {
	createTestWebhook,
	receiveWebhook,
	verifyWebhook,
	WebhookError,
	type WebhookHeaders,
} from "../../../heygen/webhooks/index.ts";
import { signatureOf } from "../../../heygen/webhooks/signature.ts";
import { anyJson, anyText, objectOf } from "../../support/anything.ts";

const SECRET = "whsec_test";
const names = fc.oneof(
	fc.constantFrom("Heygen-Signature", "signature", "heygen-timestamp", "Heygen-Event-Id", "Content-Type"),
	fc.constantFrom("content-length", "__proto__", "constructor", "get"),
	anyText({ maxLength: 6 }),
);
const values = fc.oneof(
	fc.constantFrom(
		"application/json",
		"application/json; charset=x",
		"",
		",",
		"a".repeat(64),
		"0",
		"-1",
		"1e99",
	),
	fc.constantFrom("9".repeat(400), "0.5", " 1 "),
	anyText(),
	fc.array(anyText(), { maxLength: 3 }),
	fc.constant(undefined),
);
const headers = fc.array(fc.tuple(names, values), { maxLength: 5 }).map(objectOf) as fc.Arbitrary<
	Exclude<WebhookHeaders, { get(name: string): string | null }>
>;
const bodies = fc.oneof(
	fc.uint8Array({ maxLength: 40 }),
	anyText(),
	anyJson.map((value) => JSON.stringify(value)),
	fc
		.record({
			event_type: fc.oneof(
				fc.constantFrom("avatar_video.success", "avatar_video.fail", "constructor"),
				anyJson,
			),
			event_data: fc.oneof(fc.record({ video_id: anyJson, error: anyJson }), anyJson),
			event_id: anyJson,
			created_at: anyJson,
		})
		.map((event) => JSON.stringify(event)),
	fc.constantFrom(
		"[".repeat(50_000),
		`{"event_type":"x","event_data":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
	),
);
const moments = fc.constantFrom(0, -1, 1_785_400_000_000, Number.MAX_VALUE);

describe("whatever request comes", () => {
	it("is verified, or told by a WebhookError", () => {
		fc.assert(
			fc.property(bodies, headers, moments, (body, sent, now) => {
				try {
					verifyWebhook({ body, headers: sent, secrets: SECRET, now: () => now });
					assert.fail("nobody has signed it");
				} catch (error) {
					assert.ok(error instanceof WebhookError, String(error));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("is answered: a signed event by 204, anything else by what it lacks", async () => {
		const reads = fc.oneof(
			{ weight: 5, arbitrary: fc.constant("whole") },
			{ weight: 1, arbitrary: fc.constant("broken") },
		);
		const methods = fc.oneof(
			{ weight: 5, arbitrary: fc.constant("POST") },
			fc.constantFrom("OPTIONS", "GET", "", "__proto__"),
		);
		const requests = fc.tuple(methods, headers, bodies, reads, fc.boolean(), moments);
		await fc.assert(
			fc.asyncProperty(requests, async ([method, sent, body, read, signed, now]) => {
				const signature = signatureOf(body, SECRET).toString("hex");
				const events: unknown[] = [];
				const answer = await receiveWebhook(
					{
						method,
						headers: signed ? { ...sent, "Heygen-Signature": signature } : sent,
						readBody: async () => {
							if (read === "broken") throw new TypeError("the connection broke off");
							return body;
						},
					},
					{ secrets: SECRET, onEvent: (event) => events.push(event), onError: () => {}, now: () => now },
				);
				assert.ok([204, 400, 401, 405, 413, 415].includes(answer.status), String(answer.status));
				assert.equal(events.length, answer.status === 204 && method === "POST" ? 1 : 0);
				if (!signed && method === "POST") assert.notEqual(answer.status, 204);
			}),
			{ numRuns: 500 },
		);
	});

	it("that HeyGen would send is taken, whatever it tells", async () => {
		const data = fc.dictionary(fc.string(), anyJson);
		await fc.assert(
			fc.asyncProperty(fc.string({ minLength: 1 }), data, async (type, more) => {
				const {
					method,
					headers: sent,
					body,
				} = createTestWebhook({ type, data: { ...more, video_id: "v1" }, secret: SECRET });
				const onEvent = (event: { data: unknown }) => assert.notEqual(event.data, undefined);
				const answer = await receiveWebhook(
					{ method, headers: sent, readBody: async () => body },
					{ secrets: SECRET, onEvent },
				);
				assert.equal(answer.status, 204);
			}),
		);
	});
});
