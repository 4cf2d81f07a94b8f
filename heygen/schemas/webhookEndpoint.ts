import { z } from "zod";
import { Id } from "./envelopes.ts";

const SUBJECTS = [
	"avatar_video",
	"avatar_video_gif",
	"video_translate",
	"instant_avatar",
	"photo_avatar_generation",
	"photo_avatar_train",
	"photo_avatar_add_motion",
	"proofread_creation",
	"live_avatar",
	"avatar_video_caption",
	"video_agent",
	"hyperframes_video",
	"ai_clipping",
];

/** The event types that HeyGen listed in July 2026. The list grows: other words may be right as well. */
export const KNOWN_EVENT_TYPES: readonly string[] = [
	...SUBJECTS.flatMap((subject) => [`${subject}.success`, `${subject}.fail`]),
	"video_translate.preflight.validation_failed",
	"video_translate.preflight.download_failed",
	"personalized_video",
	"batch.finished",
];

/** What a new endpoint is asked for. `entity_id` is never told again. */
export const NewWebhookEndpoint = z.strictObject({
	url: z.string().min(1),
	/** All events when left out. */
	events: z.array(z.string()).min(1).optional(),
	entity_id: z.string().optional(),
});
export type NewWebhookEndpoint = z.infer<typeof NewWebhookEndpoint>;

/**
 * A registered endpoint. There is no call for a single one: it is found in the list. What nothing depends on is dropped
 * when it is not as expected: a secret that is told once must not be lost to it.
 */
export const WebhookEndpoint = z.looseObject({
	endpoint_id: Id,
	url: z.string(),
	/** Null for all events. */
	events: z.array(z.string()).nullish(),
	/** `enabled` or `disabled`; no call sets it. */
	status: z.string().nullish().catch(undefined),
	/** ISO 8601. */
	created_at: z.union([z.string(), z.number()]).nullish().catch(undefined),
	/** In the answer to a create only. */
	secret: z.string().nullish(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

/** The answer to `POST …/rotate-secret`. */
export const RotatedSecret = z.looseObject({ secret: z.string().min(1) });
