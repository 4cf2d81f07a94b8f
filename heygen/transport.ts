import type { Readable } from "node:stream";
import { Agent, type Dispatcher, request } from "undici";
import type { z } from "zod";
import type { Clock } from "./clock.ts";
import { HeyGenAnswerInvalid, HeyGenRefusal, HeyGenUnreachable } from "./errors.ts";
import { redact } from "./redact.ts";
import { parseRetryAfter } from "./retry.ts";
import { ErrorEnvelope } from "./schemas/envelopes.ts";
import { FileChanged, type UploadBody } from "./uploadBody.ts";

/** An answer of API v3 is a few kilobytes; a body over this, in bytes, is not one. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

export interface TransportOptions {
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
	userAgent: string;
	clock: Clock;
	dispatcher?: Dispatcher | undefined;
}

export interface Call<T extends z.ZodType> {
	method: "GET" | "POST" | "PATCH" | "DELETE";
	/** From the base URL on, ids encoded. */
	path: string;
	query?: Record<string, string | undefined>;
	body?: unknown;
	/** A file in place of a JSON body. */
	upload?: UploadBody;
	idempotencyKey?: string;
	/** The longest this one try may take, to its last byte, in milliseconds. */
	timeLimitMs: number;
	answer: T;
	videoId?: string | undefined;
	signal?: AbortSignal | undefined;
}

export interface Answer<T> {
	body: T;
	/** The server's clock when it answered (its `Date` header), in unix milliseconds. */
	serverTime: number | undefined;
}

export type Transport = <T extends z.ZodType>(call: Call<T>) => Promise<Answer<z.infer<T>>>;

/** One try of one call. Redirects are not followed: the key must not travel to another host. */
export function createTransport(options: TransportOptions): Transport {
	const { apiKey, baseUrl, userAgent, clock } = options;
	const dispatcher = options.dispatcher ?? new Agent({ maxResponseSize: LARGEST_ANSWER, connections: 32 });

	return async (call) => {
		const named = `${call.method} ${call.path}`;
		const { statusCode, headers, text } = await exchange(call, named);
		const requestId = single(headers["x-request-id"]);
		const fields = { call: named, status: statusCode, requestId, videoId: call.videoId };

		if (statusCode < 200 || statusCode > 299) {
			const { code, message, param } = refusalOf(text);
			const retryAfterMs = parseRetryAfter(single(headers["retry-after"]), clock.now());
			throw new HeyGenRefusal(redact(message, [apiKey]), { ...fields, code, param, retryAfterMs });
		}
		const answer = json(text);
		const parsed = call.answer.safeParse(answer);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			const where = issue?.path.length ? issue.path.join(".") : "the body";
			const reason = `the answer is not what the API promises: ${where}: ${issue?.message ?? "not understood"}`;
			throw new HeyGenAnswerInvalid(redact(reason, [apiKey]), { ...fields, whole: answer !== undefined });
		}
		return { body: parsed.data, serverTime: timeOf(single(headers["date"])) };
	};

	async function exchange(call: Call<z.ZodType>, named: string) {
		const limit = AbortSignal.timeout(call.timeLimitMs);
		const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
		try {
			const response = await request(urlOf(baseUrl, call), {
				method: call.method,
				dispatcher,
				signal,
				headersTimeout: 0,
				bodyTimeout: 0,
				headers: {
					accept: "application/json",
					"user-agent": userAgent,
					"x-api-key": apiKey,
					...contentHeaders(call),
					...(call.idempotencyKey === undefined ? {} : { "idempotency-key": call.idempotencyKey }),
				},
				...contentOf(call),
			});
			const text = await response.body.text();
			return { statusCode: response.statusCode, headers: response.headers, text };
		} catch (error) {
			call.signal?.throwIfAborted();
			if (error instanceof FileChanged) throw error;
			const why = limit.aborted ? `no answer within ${call.timeLimitMs / 1000} s` : causeOf(error);
			throw new HeyGenUnreachable(redact(`${why} (${baseUrl})`, [apiKey]), {
				call: named,
				videoId: call.videoId,
			});
		}
	}
}

function contentHeaders({ body, upload }: Call<z.ZodType>): Record<string, string> {
	if (upload === undefined) return body === undefined ? {} : { "content-type": "application/json" };
	return { "content-type": upload.contentType, "content-length": String(upload.contentLength) };
}

function contentOf({ body, upload }: Call<z.ZodType>): { body?: string | Readable } {
	if (upload === undefined) return body === undefined ? {} : { body: JSON.stringify(body) };
	return { body: upload.stream() };
}

function urlOf(baseUrl: string, call: Call<z.ZodType>): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(call.query ?? {})) {
		if (value !== undefined) query.set(key, value);
	}
	return query.size === 0 ? `${baseUrl}${call.path}` : `${baseUrl}${call.path}?${query}`;
}

/** What a refusal says; a gateway's HTML or an empty body is told by its beginning. */
function refusalOf(text: string) {
	const envelope = ErrorEnvelope.safeParse(json(text));
	if (envelope.success) {
		const { code, message, param } = envelope.data.error;
		return { code: code ?? undefined, message: message ?? "no message", param: param ?? undefined };
	}
	const plain = text
		.replace(/<[^>]*>/g, " ")
		.replace(/\s+/g, " ")
		.trim();
	return {
		code: undefined,
		message: plain === "" ? "an empty answer" : plain.slice(0, 200),
		param: undefined,
	};
}

function causeOf(error: unknown): string {
	if (!(error instanceof Error)) return "the connection failed";
	const cause = error.cause instanceof Error ? error.cause : error;
	const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
	return cause.message || code || "the connection failed";
}

function json(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const single = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

function timeOf(date: string | undefined): number | undefined {
	const time = date === undefined ? Number.NaN : Date.parse(date);
	return Number.isNaN(time) ? undefined : time;
}
