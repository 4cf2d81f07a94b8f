import { randomUUID } from "node:crypto";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import { keyOf } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { isAll } from "./state.ts";

/**
 * Makes a new secret. Its key is new at each call: it holds the call's own tries together, and never brings back a
 * secret that has ended. One whose answer is lost for good is followed by another, which nobody has used yet.
 */
export function newSecret(id: string, { heygen, signal }: Context): Promise<string> {
	return heygen().rotateWebhookSecret(id, keyOf(["rotate", id, randomUUID()]), { signal });
}

/**
 * Sets an endpoint's events, all of them when undefined, and what else is given. HeyGen does not say what null means in
 * a change: where it leaves the list as it was, every event type is named instead.
 */
export async function setEvents(
	id: string,
	others: { url?: string },
	events: readonly string[] | undefined,
	{ heygen, signal, note }: Context,
): Promise<WebhookEndpoint> {
	const how = { signal };
	const changed = await heygen().updateWebhookEndpoint(id, { ...others, events: events ?? null }, how);
	if (events !== undefined || isAll(changed.events)) return changed;
	const all = (await heygen().listWebhookEventTypes(how)).map(({ event_type }) => event_type);
	note(
		`Webhook endpoint ${id} gets the ${all.length} event types of today: HeyGen would not set it to "all".`,
	);
	return heygen().updateWebhookEndpoint(id, { events: all }, how);
}
