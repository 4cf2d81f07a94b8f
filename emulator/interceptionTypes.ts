/** What happens to a request in place of, or on top of, its normal handling. */
export type InterceptionAction =
	/** A refusal in HeyGen's envelope. The default code follows the status, from 200 to 599. 204, 205 and 304 have no body. */
	| {
			readonly status: number;
			readonly code?: string | undefined;
			readonly message?: string | undefined;
			readonly param?: string | undefined;
			readonly headers?: Readonly<Record<string, string>> | undefined;
	  }
	/** A page of a gateway, or plain text, as not HeyGen but something on the way answers. */
	| { readonly status: number; readonly html: string }
	| { readonly status: number; readonly text: string }
	/**
	 * Real time to wait, up to 600 seconds; then the request is handled as normal, also when the client has given up by then.
	 * Its idempotency key is in flight meanwhile.
	 */
	| { readonly delaySeconds: number }
	/**
	 * The request is handled at once, keeps its effects and is recorded; its answer, dated then, is held back for so
	 * many seconds of real time, up to 600. Its idempotency key is not in flight meanwhile: it replays.
	 */
	| { readonly answerAfterSeconds: number }
	/** The connection is cut before the request is handled. */
	| "reset"
	/** The request is handled and keeps its effects; then the connection is cut. */
	| "lose-answer"
	/** Handled, but only half of the body's text arrives. */
	| "truncate"
	/** Handled, and announced whole, but the connection is cut when so many bytes of the body have gone out. */
	| { readonly breakAfterBytes: number }
	/** Handled as by a file host that serves no parts: a `Range` header is ignored, and no ETag is told. */
	| "no-ranges";

/** Which requests to intercept, how often, and how. */
export interface Interception {
	/** Such as `POST`. Default any. */
	readonly method?: string | undefined;
	/** A route as `requests()` names it, such as `/v3/videos/{id}`. A RegExp is tried on that text. */
	readonly route?: string | RegExp | undefined;
	/** The exact path without query; a RegExp is tried on the path with its query. */
	readonly path?: string | RegExp | undefined;
	/** How many matching requests to intercept. Default 1; `Infinity` for all. */
	readonly times?: number | undefined;
	/** How many matching requests to let through first. Default 0. */
	readonly after?: number | undefined;
	readonly action: InterceptionAction;
}

/** An interception in place. */
export interface InterceptionHandle {
	/** Requests intercepted so far. */
	readonly hits: number;
	remove(): void;
}
