import { KNOWN_EVENT_TYPES, type WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { Context } from "../lifecycle.ts";

/** Event types in no order; undefined stands for all of them. */
export type Events = readonly string[] | undefined;

/** Whether two inputs or outputs ask for the same events. */
export function sameEvents(a: unknown, b: unknown): boolean {
	if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
	return a.length === b.length && a.every((word) => b.includes(word));
}

/**
 * The events of an endpoint, in the spelling of `wanted` where they are the same. HeyGen may keep "all" as null or as a
 * list of every type: a list that lacks none of today's types is all of them to those who want all.
 */
export async function eventsOf(
	{ events }: WebhookEndpoint,
	wanted: Events,
	context: Context,
): Promise<Events> {
	if (!events) return undefined;
	if (wanted !== undefined) return sameEvents(events, wanted) ? wanted : events;
	const lacks = (await eventTypes(context)).some((word) => !events.includes(word));
	return lacks ? events : undefined;
}

/** Every event type that HeyGen has today. */
export async function eventTypes({ heygen, signal }: Context): Promise<readonly string[]> {
	const lines = await heygen().listWebhookEventTypes({ signal });
	return lines.length === 0 ? KNOWN_EVENT_TYPES : lines.map(({ event_type }) => event_type);
}
