import { BodyNotJson } from "./errors.ts";
import type { WebhookBody } from "./signature.ts";

/** Throws `BodyNotJson`, whose message quotes nothing of the body. */
export function parseJson(body: WebhookBody): unknown {
	try {
		const text = typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body);
		return JSON.parse(text);
	} catch {
		const what = body.length === 0 ? "The body is empty" : "The body is not JSON in UTF-8";
		throw new BodyNotJson(`${what}, so it is no event of HeyGen's.`);
	}
}
