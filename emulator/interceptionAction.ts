import { setTimeout as delay } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { brokenBody } from "./brokenBody.ts";
import { errorBody } from "./errors.ts";
import type { Env } from "./http.ts";

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

/** Does `action` to a request; `next` handles it as normal. What is delayed is given up when `closing` says so. */
export async function act(
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
		await wait(action.delaySeconds, closing);
		if (closing.aborted) return cut(c);
		await next();
		return undefined;
	}
	if ("answerAfterSeconds" in action) {
		await next();
		c.set("answerAfterSeconds", action.answerAfterSeconds);
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

/** Keeps a whole answer back for as long as {@link act} has noted. */
export async function holdBack(c: Context<Env>, closing: AbortSignal): Promise<void> {
	const seconds = c.get("answerAfterSeconds");
	if (seconds === undefined) return;
	await wait(seconds, closing);
	if (closing.aborted) cut(c);
}

async function wait(seconds: number, closing: AbortSignal): Promise<void> {
	await delay(seconds * 1000, undefined, { signal: closing }).catch(() => {});
}

/** Ends the connection with a reset; the response is then nobody's. */
function cut(c: Context<Env>): Response {
	c.env.incoming.socket.resetAndDestroy();
	return RESPONSE_ALREADY_SENT;
}

function answer(action: Extract<InterceptionAction, { status: number }>): Response {
	const { status } = action;
	if (WITHOUT_BODY.has(status)) {
		return new Response(null, { status, headers: ("headers" in action && action.headers) || {} });
	}
	if ("html" in action)
		return new Response(action.html, { status, headers: { "content-type": "text/html" } });
	if ("text" in action)
		return new Response(action.text, { status, headers: { "content-type": "text/plain" } });
	const code = action.code ?? CODE_OF_STATUS[status] ?? "internal_error";
	const body = errorBody(code, action.message ?? `The emulator was told to answer ${status}`, action.param);
	return Response.json(body, { status, headers: action.headers ?? {} });
}

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

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
