import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { brokenBody } from "./brokenBody.ts";
import { errorBody } from "./errors.ts";
import { type Env, routeOf } from "./http.ts";

/** What happens to a request in place of, or on top of, its normal handling. */
export type InterceptionAction =
	/** A refusal in HeyGen's envelope. The default code follows the status. */
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
	 * Real time to wait; then the request is handled as normal, also when the client has given up by then.
	 * Its idempotency key is in flight meanwhile.
	 */
	| { readonly delaySeconds: number }
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

export interface Interceptions {
	readonly middleware: MiddlewareHandler<Env>;
	/** Where several match, the first one added that is not used up acts. */
	add(interception: Interception): InterceptionHandle;
	/** Gives up what is being delayed: it will not be handled. */
	close(): void;
}

export function interceptions(): Interceptions {
	const active = new Set<ActiveInterception>();
	const closing = new AbortController();
	setMaxListeners(0, closing.signal);
	return {
		close: () => closing.abort(),
		add(interception) {
			const added = new ActiveInterception(interception, (which) => active.delete(which));
			active.add(added);
			return added;
		},
		async middleware(c, next) {
			const action = [...active].find((each) => each.takes(c))?.action;
			if (action !== undefined) return act(action, c, next, closing.signal);
			await next();
			return undefined;
		},
	};
}

class ActiveInterception implements InterceptionHandle {
	readonly #wanted: Interception;
	readonly #remove: (which: ActiveInterception) => void;
	#seen = 0;
	#hits = 0;

	constructor(wanted: Interception, remove: (which: ActiveInterception) => void) {
		this.#wanted = wanted;
		this.#remove = remove;
	}

	get hits(): number {
		return this.#hits;
	}

	get action(): InterceptionAction {
		return this.#wanted.action;
	}

	/** Counts the request and tells whether this interception acts on it. */
	takes(c: Context<Env>): boolean {
		if (!matches(this.#wanted, c)) return false;
		const { times = 1, after = 0 } = this.#wanted;
		if (this.#hits >= times || this.#seen++ < after) return false;
		this.#hits++;
		return true;
	}

	remove(): void {
		this.#remove(this);
	}
}

function matches({ method, route, path }: Interception, c: Context<Env>): boolean {
	if (method !== undefined && method.toUpperCase() !== c.req.method) return false;
	if (!fits(route, routeOf(c) ?? "", routeOf(c) ?? "")) return false;
	const { pathname, search } = new URL(c.req.url);
	return fits(path, pathname, pathname + search);
}

function fits(wanted: string | RegExp | undefined, exact: string, whole: string): boolean {
	if (wanted === undefined) return true;
	return typeof wanted === "string" ? wanted === exact : whole.search(wanted) >= 0;
}

async function act(
	action: InterceptionAction,
	c: Context<Env>,
	next: () => Promise<void>,
	closing: AbortSignal,
): Promise<Response | undefined> {
	if (action === "reset") {
		c.set("cut", true);
		return cut(c);
	}
	if (action === "lose-answer") {
		await next();
		cut(c);
		return undefined;
	}
	if (action === "truncate") {
		await next();
		const text = await c.res.text();
		c.res = new Response(text.slice(0, Math.floor(text.length / 2)), c.res);
		c.res.headers.delete("content-length");
		return undefined;
	}
	if (action === "no-ranges") {
		c.req.raw.headers.delete("range");
		await next();
		for (const name of ["accept-ranges", "etag"]) c.res.headers.delete(name);
		return undefined;
	}
	if ("delaySeconds" in action) {
		await delay(action.delaySeconds * 1000, undefined, { signal: closing }).catch(() => {});
		if (closing.aborted) return cut(c);
		await next();
		return undefined;
	}
	if ("breakAfterBytes" in action) {
		await next();
		c.res = new Response(
			brokenBody(Buffer.from(await c.res.arrayBuffer()), action.breakAfterBytes, c),
			c.res,
		);
		return undefined;
	}
	return answer(action);
}

/** Ends the connection with a reset; the response is then nobody's. */
function cut(c: Context<Env>): Response {
	c.env.incoming.socket.resetAndDestroy();
	return RESPONSE_ALREADY_SENT;
}

function answer(action: Extract<InterceptionAction, { status: number }>): Response {
	const { status } = action;
	if ("html" in action)
		return new Response(action.html, { status, headers: { "content-type": "text/html" } });
	if ("text" in action)
		return new Response(action.text, { status, headers: { "content-type": "text/plain" } });
	const code = action.code ?? CODE_OF_STATUS[status] ?? "internal_error";
	const body = errorBody(code, action.message ?? `The emulator was told to answer ${status}`, action.param);
	return Response.json(body, { status, headers: action.headers ?? {} });
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
	400: "invalid_parameter",
	401: "unauthorized",
	402: "insufficient_credit",
	403: "forbidden",
	404: "not_found",
	409: "conflict",
	413: "payload_too_large",
	429: "rate_limit_exceeded",
	503: "service_unavailable",
	504: "gateway_timeout",
};
