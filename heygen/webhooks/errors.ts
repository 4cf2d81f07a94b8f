export type WebhookErrorCode =
	| "missing_signature"
	| "wrong_signature"
	| "stale_timestamp"
	| "body_not_json"
	| "body_too_large"
	| "not_an_event";

/** Why a request is not taken as a webhook of HeyGen's. The message is for this service's log, and never holds a secret. */
export abstract class WebhookError extends Error {
	/** For programs; the message is for people. */
	abstract readonly code: WebhookErrorCode;
	/** The HTTP status that answers such a request. */
	abstract readonly status: 400 | 401 | 413;

	constructor(message: string) {
		super(message);
		this.name = new.target.name;
	}
}

/** The request has no signature header, or an empty one. */
export class MissingSignature extends WebhookError {
	readonly code = "missing_signature";
	readonly status = 401;
}

/** There is a signature, and none of the secrets makes it from this body; the message names the likely cause. */
export class WrongSignature extends WebhookError {
	readonly code = "wrong_signature";
	readonly status = 401;
}

/** The signature fits, but `Heygen-Timestamp` is too far from this machine's clock, or is no time. */
export class StaleTimestamp extends WebhookError {
	readonly code = "stale_timestamp";
	readonly status = 401;
}

/** The body is not JSON in UTF-8. */
export class BodyNotJson extends WebhookError {
	readonly code = "body_not_json";
	readonly status = 400;
}

/** The body is longer than the receiver takes. */
export class BodyTooLarge extends WebhookError {
	readonly code = "body_too_large";
	readonly status = 413;
}

/** The body is JSON, but not the form of an event; the message names the field. */
export class NotAnEvent extends WebhookError {
	readonly code = "not_an_event";
	readonly status = 400;
}
