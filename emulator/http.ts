import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { z } from "zod";
import type { Account } from "./accounts.ts";
import { invalidParameter } from "./errors.ts";
import type { AnswerKey } from "./store.ts";

/** Hono's types for this server: node's request and response, and what the layers tell each other. */
export interface Env {
	readonly Bindings: HttpBindings;
	readonly Variables: {
		account: Account;
		/** All of the request's body; unset before it is read, and without one. */
		body?: Buffer;
		/** Set when the connection was cut before the request was handled. */
		cut?: boolean;
		/** Real time that the answer is to be held back. */
		answerAfterSeconds?: number;
	};
}

/** The route that takes the request, in the API's notation (`/v3/videos/{id}`); null when none does. */
export function routeOf(c: Context<Env>): string | null {
	const taken = matchedRoutes(c).find(({ path, method }) => !path.includes("*") && method !== "ALL");
	return taken ? taken.path.replace(/:([A-Za-z]+)/g, "{$1}") : null;
}

/** The address that the client reached the server under, for links in answers. */
export function baseOf(c: Context<Env>): string {
	return new URL(c.req.url).origin;
}

/** Whether the request comes from the emulator's own machine. */
export function isLocal(c: Context<Env>): boolean {
	const plain = (c.env.incoming.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
	return isIP(plain) === 4 ? plain.startsWith("127.") : plain === "::1";
}

/** Throws the API's 400 with the field at fault in `param`. */
export function checked<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	if (issue?.code === "unrecognized_keys") {
		const [field = ""] = issue.keys;
		throw invalidParameter(`${field} is not a field of this request`, field);
	}
	const field = issue?.path[0];
	if (issue === undefined || field === undefined) throw invalidParameter("The body must be a JSON object");
	throw invalidParameter(`${String(field)}: ${issue.message}`, String(field));
}

/** Where the answer under the request's `Idempotency-Key` is kept; undefined without a key. */
export function answerKeyOf(c: Context<Env>, route: string): AnswerKey | undefined {
	const word = c.req.header("idempotency-key");
	return word === undefined ? undefined : [c.get("account").username, route, word];
}

/** An answer whose JSON text is kept, word for word. */
export function jsonText(text: string, status: number): Response {
	return new Response(text, { status, headers: { "content-type": "application/json" } });
}

/** A time as the API writes it, such as `2026-07-30T09:15:02Z`. */
export function isoSeconds(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d+/, "");
}

/** How a list is paged. */
export interface Paging<T> {
	/** The most that `limit` may be, and what it is when it is left out. */
	readonly max: number;
	readonly default: number;
	/** A whole number that rises along the list and stays an item's own, so that additions do not shift pages. */
	position(item: T): number;
}

/** A page of a list, as every list of the API answers. `next_token` is where the next one starts. */
export function page<T>(c: Context<Env>, items: readonly T[], paging: Paging<T>) {
	const limit = Number(c.req.query("limit") ?? paging.default);
	if (!Number.isInteger(limit) || limit < 1 || limit > paging.max) {
		throw invalidParameter(`limit must be a whole number from 1 to ${paging.max}`, "limit");
	}
	const token = c.req.query("token");
	const start = token ? positionIn(token) : Number.NEGATIVE_INFINITY;
	const rest = items.filter((item) => paging.position(item) > start);
	const data = rest.slice(0, limit);
	const last = data.at(-1);
	const next_token = last !== undefined && rest.length > limit ? tokenFor(paging.position(last)) : null;
	return { data, has_more: next_token !== null, next_token };
}

const tokenFor = (position: number) => Buffer.from(`after:${position}`).toString("base64url");

function positionIn(token: string): number {
	const position = /^after:(-?\d{1,15})$/.exec(Buffer.from(token, "base64url").toString())?.[1];
	if (position === undefined) throw invalidParameter("token is not one that a list has answered", "token");
	return Number(position);
}
