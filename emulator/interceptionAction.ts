import { setTimeout as delay } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { brokenBody } from "./brokenBody.ts";
import { errorBody } from "./errors.ts";
import type { Env } from "./http.ts";
import type { InterceptionAction } from "./interceptionTypes.ts";

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
