import { randomUUID } from "node:crypto";
import { HeyGenRefusal } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { EndpointChange } from "../../heygen/webhookEndpoints.ts";
import { keyOf } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { findEndpoint } from "./account.ts";
import { type Events, eventsOf, eventTypes, sameEvents } from "./events.ts";
import { sameUrl } from "./state.ts";

/** What of an endpoint can be set. */
export interface Target {
	url: string;
	events: Events;
}

/**
 * Makes an endpoint deliver where and what is wanted, by what differs from `from`. Safe to repeat. Undefined when there
 * is nothing to do.
 */
export async function bringInLine(
	id: string,
	from: Target,
	{ url, events }: Target,
	context: Context,
): Promise<WebhookEndpoint | undefined> {
	const newUrl: EndpointChange = sameUrl(from.url, url) ? {} : { url };
	if (!sameEvents(from.events, events)) return setEvents(id, newUrl, events, context);
	if (newUrl.url === undefined) return undefined;
	return context.heygen().updateWebhookEndpoint(id, newUrl, { signal: context.signal });
}

/**
 * Sets the events. Whether null means "all" to HeyGen or "as they are" is not documented: its answer shows, and where it
 * is not all, every type is named instead.
 */
async function setEvents(id: string, other: EndpointChange, events: Events, context: Context) {
	const change = (to: readonly string[] | null) =>
		context.heygen().updateWebhookEndpoint(id, { ...other, events: to }, { signal: context.signal });
	if (events !== undefined) return change([...events]);

	const answer = await change(null).catch((error: unknown) => {
		if (!(error instanceof HeyGenRefusal) || error.status !== 400) throw error;
	});
	const changed = answer?.events === undefined ? await findEndpoint(id, context) : answer;
	if (answer !== undefined && changed !== undefined) {
		if ((await eventsOf(changed, undefined, context)) === undefined) return changed;
	}
	const all = await eventTypes(context);
	context.note(
		`HeyGen would not set webhook endpoint ${id} to all events, so it is set to the ${all.length} event types of ` +
			"today. Should HeyGen add one, `pulumi refresh` notices and the next `pulumi up` adds it.",
	);
	return change(all);
}

/**
 * Makes a new secret; the old one ends at once. The key holds the tries of this one call together. Every call has its
 * own: a key that came back would bring back a secret that has ended since.
 */
export function newSecret(id: string, { heygen, signal }: Context): Promise<string> {
	return heygen().rotateWebhookSecret(id, keyOf(["rotate", id, randomUUID()]), { signal });
}
