import assert from "node:assert/strict";
import {
	createTestWebhook,
	parseWebhookEvent,
	StaleTimestamp,
	verifyWebhook,
} from "../../../heygen/webhooks/index.ts";

const secret = "whsec_test";
const NOW = Date.UTC(2026, 6, 30, 9, 20, 11);
const webhook = (now = () => NOW) =>
	createTestWebhook({
		type: "avatar_video.success",
		data: { video_id: "v1" },
		secret,
		eventId: "evt-1",
		now,
	});

describe("a test webhook", () => {
	it("verifies under its secret, by either header", () => {
		const { headers, body } = webhook();
		verifyWebhook({ body, headers, secrets: secret, now: () => NOW });
		for (const name of ["Heygen-Signature", "Signature"]) {
			const { [name]: _, ...others } = headers;
			verifyWebhook({ body, headers: others, secrets: secret, now: () => NOW });
		}
	});
	it("holds the event", () => {
		const { headers, body, method } = webhook();
		assert.equal(method, "POST");
		assert.equal(headers["Heygen-Event-Id"], "evt-1");
		const event = parseWebhookEvent(body);
		assert.equal(event.eventId, "evt-1");
		assert.equal(event.createdAt, "2026-07-30T09:20:11.000Z");
		assert.ok(event.type === "avatar_video.success" && event.data.videoId === "v1");
	});
	it("has an id of its own when none is given", () => {
		const ids = [1, 2].map(
			() => createTestWebhook({ type: "x", data: {}, secret }).headers["Heygen-Event-Id"],
		);
		assert.notEqual(ids[0], ids[1]);
	});
	it("can be stale", () => {
		const { headers, body } = webhook(() => NOW - 90_001_000);
		assert.throws(() => verifyWebhook({ body, headers, secrets: secret, now: () => NOW }), StaleTimestamp);
	});
	it("cannot be made without a secret", () => {
		assert.throws(() => createTestWebhook({ type: "x", data: {}, secret: "" }), TypeError);
	});
});
