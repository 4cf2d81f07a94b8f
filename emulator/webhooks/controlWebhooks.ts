import type { Accounts } from "../accounts.ts";
import type { EmulatorSettings } from "../options.ts";
import type { WebhookControl } from "./controlTypes.ts";
import { mayBeNamed } from "./endpointRequest.ts";
import { EVENT_TYPES } from "./eventTypes.ts";
import type { Webhooks } from "./webhooks.ts";

export function webhookControl(
	webhooks: Webhooks,
	{ usernames }: Accounts,
	settings: EmulatorSettings,
): WebhookControl {
	return {
		webhookEndpoints: () =>
			webhooks.endpoints
				.list()
				.reverse()
				.map(({ id, username, url, events, entityId, createdMs }) => {
					return { id, username, url, events, entityId, createdAt: createdMs };
				}),
		webhookDeliveries: () =>
			webhooks.deliveries.attempts().map(({ endpointId, atMs, nextMs, ...attempt }) => {
				return { ...attempt, endpointId: endpointId ?? "callback", at: atMs, next: nextMs };
			}),
		sendEvent(type, data, username = usernames[0] ?? "") {
			if (!mayBeNamed(type, settings)) {
				throw new TypeError(
					`${type} is not a type of event; those are ${Object.keys(EVENT_TYPES).join(", ")}.`,
				);
			}
			if (!usernames.includes(username)) {
				throw new TypeError(`There is no account ${username}; those are ${usernames.join(", ")}.`);
			}
			return webhooks.send(username, type, data);
		},
		resendEvent(eventId) {
			if (!webhooks.resend(eventId)) throw new TypeError(`There is no event ${eventId}.`);
		},
	};
}
