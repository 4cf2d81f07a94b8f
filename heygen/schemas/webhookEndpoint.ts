import { z } from "zod";

/** The events that HeyGen's specification of July 2026 lists. The list grows: other words may be right as well. */
export const KNOWN_EVENT_TYPES = [
	...[
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
	].flatMap((subject) => [`${subject}.success`, `${subject}.fail`]),
	"video_translate.preflight.validation_failed",
	"video_translate.preflight.download_failed",
	"personalized_video",
	"batch.finished",
] as const;

/** A registered endpoint. There is no call for a single one: it is found in the list. */
export const WebhookEndpoint = z.looseObject({
	endpoint_id: z.string().min(1),
	url: z.string(),
	/** Null for all events. */
	events: z.array(z.string()).nullish(),
	/** `enabled` or `disabled`; nothing sets it. */
	status: z.string().nullish(),
	/** ISO 8601. */
	created_at: z.string().nullish(),
	/** Only in the answer to a create. */
	secret: z.string().nullish(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

/** What a new endpoint is asked for; `entity_id` is never told again. */
export interface NewWebhookEndpoint {
	url: string;
	events?: readonly string[] | undefined;
	entity_id?: string | undefined;
}

export const RotatedSecret = z.looseObject({ endpoint_id: z.string(), secret: z.string().min(1) });
