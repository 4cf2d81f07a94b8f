import { randomUUID } from "node:crypto";
import { secretList } from "./secrets.ts";
import { signatureOf } from "./signature.ts";

export interface TestWebhookOptions {
	/** `avatar_video.success`, or any other type. */
	type: string;
	/** `event_data` in the API's spelling: `{ video_id: "…" }`. */
	data: Readonly<Record<string, unknown>>;
	/** The secret that the receiver under test verifies with. */
	secret: string;
	/**
	 * Give the same twice to test what happens with a duplicate.
	 * @default a new one
	 */
	eventId?: string | undefined;
	/**
	 * Wall time in unix milliseconds; an old one makes a stale request.
	 * @default Date.now
	 */
	now?: (() => number) | undefined;
}

/** What `fetch(url, …)` or an app's own test client sends. */
export interface TestWebhook {
	method: "POST";
	headers: Record<string, string>;
	body: string;
}

/** Makes a request as HeyGen sends it, with both signature headers, for tests of a receiver. */
export function createTestWebhook(options: TestWebhookOptions): TestWebhook {
	const { type, data, secret, eventId = `evt-${randomUUID()}`, now = Date.now } = options;
	secretList(secret);
	const time = now();
	const body = JSON.stringify({
		event_id: eventId,
		event_type: type,
		event_data: data,
		created_at: new Date(time).toISOString(),
	});
	const signature = signatureOf(body, secret).toString("hex");
	const headers = {
		"Content-Type": "application/json",
		"Heygen-Signature": signature,
		Signature: signature,
		"Heygen-Timestamp": String(Math.floor(time / 1000)),
		"Heygen-Event-Id": eventId,
	};
	return { method: "POST", headers, body };
}
