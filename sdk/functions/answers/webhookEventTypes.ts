import { z } from "zod";
import type { WebhookEventType } from "../getWebhookEventTypes.ts";
import { createAnswer } from "./answer.ts";

export const answerWebhookEventTypes = createAnswer<object, WebhookEventType[]>({
	name: "getWebhookEventTypes",
	rules: { schema: z.strictObject({}), allowed: {} },
	list: true,
	ask: async (args, run, signal) =>
		(await run.webhookEventTypes(args, signal)).map(({ event_type, description }) => ({
			eventType: event_type,
			description: description ?? undefined,
		})),
});
