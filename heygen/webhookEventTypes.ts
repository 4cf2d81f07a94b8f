import { allOf, type CallOptions, type Calls } from "./calls.ts";
import { WebhookEventType } from "./schemas/webhookEventType.ts";

export function webhookEventTypeCalls(calls: Calls) {
	return {
		/** Every event type that HeyGen knows today, in its order. */
		listWebhookEventTypes(how: CallOptions = {}): Promise<WebhookEventType[]> {
			return allOf(calls.items("/v3/webhooks/event-types", WebhookEventType, {}, how));
		},
	};
}
