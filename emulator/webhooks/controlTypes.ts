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

/** One try to deliver an event. */
export interface ControlDelivery {
	/** The same in all tries. */
	readonly eventId: string;
	/** `callback` for the `callback_url` of a video. */
	readonly endpointId: string;
	readonly url: string;
	/** The receiver's HTTP status; null when there was none. */
	readonly status: number | null;
	/** Why there was no status; null when there was one. */
	readonly error: string | null;
	/** When it was sent, in unix milliseconds of the emulator's clock. */
	readonly at: number;
	/** From 1. */
	readonly attempt: number;
	/** When the next try is due; null when there is none. */
	readonly next: number | null;
}

/** What tests ask of webhooks, and make them do. */
export interface WebhookControl {
	/** Those that are there, the oldest first. */
	webhookEndpoints(): ControlEndpoint[];
	/** All tries that have ended, the oldest first. */
	webhookDeliveries(): ControlDelivery[];
	/**
	 * Makes an event happen now, and delivers it to the endpoints of the account that take its type; gives its id.
	 * A `video_id` in the data is its entity. Default account: the first one.
	 * Throws a `TypeError` when there is no such type or account.
	 */
	sendEvent(type: string, data: object, username?: string): string;
	/**
	 * Delivers an event again under its id, to the endpoints that take it by now and to its `callback_url`.
	 * Throws a `TypeError` when there is no such event.
	 */
	resendEvent(eventId: string): void;
}
