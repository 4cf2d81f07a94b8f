import { redact } from "./redact.ts";
import { parseRetryAfter } from "./retry.ts";
import { ErrorEnvelope } from "./schemas/envelopes.ts";

/** Headers by their names in small letters. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface RawAnswer {
	status: number;
	headers: Headers;
	text: string;
}

/** The longest that is told of a page which is not HeyGen's, and of one of HeyGen's words, in characters. */
const LONGEST_PAGE = 200;
const LONGEST_WORD = 100;

/** What a refusal says, fit to be shown; a gateway's HTML or an empty body is told by its beginning. */
export function refusalOf({ status, headers, text }: RawAnswer, secrets: readonly string[], now: number) {
	const retryAfterMs = parseRetryAfter(single(headers["retry-after"]), now);
	const word = (given: string | null | undefined) => given && redact(given, secrets, LONGEST_WORD);
	const envelope = ErrorEnvelope.safeParse(json(text));
	if (envelope.success) {
		const { code, message, param } = envelope.data.error;
		const told = redact(message ?? "no message", secrets);
		return { code: word(code) ?? undefined, message: told, param: word(param) ?? undefined, retryAfterMs };
	}
	const message =
		compressed(headers) ?? redirect(status, headers) ?? redact(plain(text), secrets, LONGEST_PAGE);
	return { code: undefined, message: message || "an empty answer", param: undefined, retryAfterMs };
}

/** HeyGen's id of an answer, fit to be shown. */
export function requestIdOf(headers: Headers, secrets: readonly string[]): string | undefined {
	const id = single(headers["x-request-id"]);
	return id === undefined ? undefined : redact(id, secrets, LONGEST_WORD);
}

/** What to say of a compressed answer, which nobody asked for and nobody unpacks; undefined for any other. */
export function compressed(headers: Headers): string | undefined {
	const encoding = single(headers["content-encoding"]);
	if (encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return undefined;
	return `the answer is compressed (${redact(encoding, [], LONGEST_WORD)}), which was not asked for`;
}

/** The first of a header's values. */
export const single = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

export function json(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function redirect(status: number, headers: Headers): string | undefined {
	const location = single(headers["location"]);
	if (status < 300 || status > 399 || location === undefined) return undefined;
	const host = URL.parse(location)?.host;
	const where = host ? ` to ${redact(host, [], LONGEST_WORD)}` : "";
	return `a redirect${where}, which is not followed since the key is not for it; check heygen:baseUrl`;
}

/** A page without its tags. */
const plain = (text: string) =>
	text
		.replace(/<[^<>]*>/g, " ")
		.replace(/\s+/g, " ")
		.trim();
