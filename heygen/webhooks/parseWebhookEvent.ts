import { avatarVideoFailData, avatarVideoSuccessData } from "./avatarVideoData.ts";
import { NotAnEvent } from "./errors.ts";
import type { OtherWebhookEventType, WebhookEvent } from "./events.ts";
import { isFields, textOf } from "./fields.ts";
import { headerOf, type WebhookHeaders } from "./headers.ts";
import { parseJson } from "./parseJson.ts";
import type { WebhookBody } from "./signature.ts";

/**
 * Reads the event out of a request whose signature has been verified. An unknown type of event is no error. Throws
 * `BodyNotJson` or `NotAnEvent`.
 */
export function parseWebhookEvent(body: WebhookBody, headers: WebhookHeaders = {}): WebhookEvent {
	const raw = parseJson(body);
	if (!isFields(raw)) throw new NotAnEvent("The body is JSON, but no object, so it is no event of HeyGen's.");
	const type = textOf(raw, "event_type");
	if (type === undefined) throw new NotAnEvent("The body is no event of HeyGen's: it has no `event_type`.");
	const data = raw["event_data"] ?? {};
	if (!isFields(data)) throw new NotAnEvent("The body is no event of HeyGen's: `event_data` is no object.");
	const about = {
		eventId: textOf(raw, "event_id") ?? headerOf(headers, "heygen-event-id"),
		createdAt: textOf(raw, "created_at"),
		raw,
	};
	switch (type) {
		case "avatar_video.success":
			return { type, ...about, data: avatarVideoSuccessData(data) };
		case "avatar_video.fail":
			return { type, ...about, data: avatarVideoFailData(data) };
		default:
			return { type: type as OtherWebhookEventType, ...about, data };
	}
}
