import { z } from "zod";

/** One word that a webhook endpoint can listen for. HeyGen adds words. */
export const WebhookEventType = z.looseObject({
	event_type: z.string().min(1),
	description: z.string().nullish(),
});
export type WebhookEventType = z.infer<typeof WebhookEventType>;
