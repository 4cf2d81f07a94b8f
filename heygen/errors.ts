import { hintFor } from "./hints.ts";

export interface HeyGenErrorFields {
	/** What was asked, without a query: `GET /v3/videos/…`. */
	call: string;
	status?: number | undefined;
	/** HeyGen's own word, such as `insufficient_credit`. An open list. */
	code?: string | undefined;
	/** The request's field that a 400 speaks of, in the API's spelling. */
	param?: string | undefined;
	/** HeyGen's `X-Request-Id`, for its support. */
	requestId?: string | undefined;
	videoId?: string | undefined;
	/** How long the service asked to be left alone, in milliseconds. */
	retryAfterMs?: number | undefined;
	/** Whether an answer that was not understood came whole, so that asking again brings the same. */
	whole?: boolean;
}

/** What every failed call to HeyGen throws. It never holds the key, a signing secret or a presigned URL. */
export class HeyGenError extends Error {
	readonly call: string;
	readonly status: number | undefined;
	readonly code: string | undefined;
	readonly param: string | undefined;
	readonly requestId: string | undefined;
	readonly videoId: string | undefined;
	readonly retryAfterMs: number | undefined;
	/** What happened, in HeyGen's words where it gave any; `message` adds the call, the request id and the hint. */
	readonly reason: string;
	/** What the user can do about it. */
	readonly hint: string | undefined;

	constructor(reason: string, fields: HeyGenErrorFields, options?: ErrorOptions) {
		const hint = hintFor(fields);
		super(sentence(reason, fields, hint), options);
		this.name = new.target.name;
		this.reason = reason;
		this.hint = hint;
		this.call = fields.call;
		this.status = fields.status;
		this.code = fields.code;
		this.param = fields.param;
		this.requestId = fields.requestId;
		this.videoId = fields.videoId;
		this.retryAfterMs = fields.retryAfterMs;
	}
}

/** The answer's status is not 2xx. Without a `code` it was something on the way that answered, such as a gateway. */
export class HeyGenRefusal extends HeyGenError {
	declare readonly status: number;
}

/** No answer came: the connection failed, broke off or took longer than its time limit. */
export class HeyGenUnreachable extends HeyGenError {}

/** An answer came with status 2xx, but it is not what the API promises; `reason` names the path that is wrong. */
export class HeyGenAnswerInvalid extends HeyGenError {
	readonly whole: boolean;

	constructor(reason: string, fields: HeyGenErrorFields, options?: ErrorOptions) {
		super(reason, fields, options);
		this.whole = fields.whole ?? false;
	}
}

/** Nothing was sent: the request is none that the API takes; `reason` names the path that is wrong. */
export class HeyGenRequestInvalid extends HeyGenError {}

/** HeyGen itself says that it is not there. A gateway's 404 says nothing of the kind. */
export const isNotFound = (error: unknown): error is HeyGenRefusal =>
	error instanceof HeyGenRefusal && error.status === 404 && error.code !== undefined;

function sentence(reason: string, fields: HeyGenErrorFields, hint: string | undefined): string {
	const what = [fields.status, fields.code].filter((part) => part !== undefined).join(" ");
	const request = fields.requestId === undefined ? "" : ` (request ${fields.requestId})`;
	const head = what === "" ? `${fields.call}: ` : `${fields.call} answered ${what}: `;
	const end = /[.!?…]$/.test(reason) ? "" : ".";
	return `${head}${reason}${end}${hint === undefined ? "" : ` ${hint}`}${request}`;
}
