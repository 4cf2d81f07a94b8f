import { KNOWN_EVENT_TYPES, type WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { Values } from "../lifecycle.ts";

/** Raised when what the state holds changes its meaning; later versions read all earlier ones. */
export const STATE_VERSION = 1;

export type EndpointState = Values & {
	url: string;
	/** Undefined for all events. */
	events?: readonly string[] | undefined;
	/** What deliveries are signed with; undefined while it has to be made anew. */
	secret?: string | undefined;
	/** The user name of the HeyGen account that holds the endpoint. */
	account: string;
	stateVersion: number;
};

/** What HeyGen says of an endpoint. The order of events means nothing: that of `before` is kept. */
export function asHeyGenSays(endpoint: WebhookEndpoint, before: Values) {
	return {
		url: endpoint.url,
		events: eventsOf(endpoint, before["events"]),
		status: endpoint.status ?? undefined,
		createdAt: endpoint.created_at ?? undefined,
	};
}

function eventsOf({ events }: WebhookEndpoint, before: unknown): readonly string[] | undefined {
	if (!events || events.length === 0 || isAll(events)) return undefined;
	return Array.isArray(before) && sameEvents(before, events) ? before : events;
}

/** Whether an endpoint gets every event, in the one or the other way in which HeyGen may keep that. */
export const isAll = (events: readonly string[] | null | undefined) =>
	!events || KNOWN_EVENT_TYPES.every((word) => events.includes(word));

/** Whether two lists ask for the same events; undefined asks for all. */
export function sameEvents(a: unknown, b: unknown): boolean {
	if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
	return a.length === b.length && a.every((word) => b.includes(word));
}
