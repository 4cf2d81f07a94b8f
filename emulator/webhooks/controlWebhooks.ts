import type { Webhooks } from "./webhooks.ts";

/** A webhook endpoint as a test sees it: never with its secret. */
export interface ControlEndpoint {
	readonly id: string;
	/** The account. */
	readonly username: string;
	readonly url: string;
	/** The types of events it is told about; null for all. */
	readonly events: readonly string[] | null;
	/** The one entity whose events it is told about; null for all. */
	readonly entityId: string | null;
	/** Unix milliseconds. */
	readonly createdAt: number;
}

/** The oldest first. */
export function controlEndpoints({ endpoints }: Webhooks): ControlEndpoint[] {
	return endpoints
		.list()
		.reverse()
		.map(({ id, username, url, events, entityId, createdMs }) => {
			return { id, username, url, events, entityId, createdAt: createdMs };
		});
}
