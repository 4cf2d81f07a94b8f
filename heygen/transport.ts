import type { Readable } from "node:stream";
import { Agent, type Dispatcher, request } from "undici";
import type { z } from "zod";
import type { Clock } from "./clock.ts";
import { HeyGenAnswerInvalid, HeyGenRefusal, HeyGenUnreachable } from "./errors.ts";
import { redact } from "./redact.ts";
import { compressed, json, type RawAnswer, refusalOf, requestIdOf, single } from "./refusal.ts";
import { FileChanged, type UploadBody } from "./uploadBody.ts";

/** An answer of API v3 is a few kilobytes; a body over this, in bytes, is not one. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

/** A connection pool whose answers cannot take much memory. */
export const boundedAgent = () => new Agent({ maxResponseSize: LARGEST_ANSWER, connections: 32 });

export interface TransportOptions {
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
	userAgent: string;
	clock: Clock;
	dispatcher: Dispatcher;
	/** Called with every refusal before it is thrown. */
	onRefusal?: ((refusal: HeyGenRefusal) => void) | undefined;
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
	const { apiKey, baseUrl, userAgent, clock, dispatcher } = options;

	return async (call) => {
		const named = `${call.method} ${call.path}`;
		const answer = await exchange(call, named);
		const { status, headers, text } = answer;
		const fields = { call: named, status, requestId: requestIdOf(headers, [apiKey]), videoId: call.videoId };

		if (status < 200 || status > 299) {
			const { message, ...told } = refusalOf(answer, [apiKey], clock.now());
			const refusal = new HeyGenRefusal(message, { ...fields, ...told });
			options.onRefusal?.(refusal);
			throw refusal;
		}
		const body = json(text);
		const parsed = call.answer.safeParse(text.trim() === "" ? null : body);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			const where = issue?.path.length ? issue.path.join(".") : "the body";
			const lacks = compressed(headers) ?? `${where}: ${issue?.message ?? "not understood"}`;
			const reason = redact(`the answer is not what the API promises: ${lacks}`, [apiKey]);
			throw new HeyGenAnswerInvalid(reason, { ...fields, whole: body !== undefined });
		}
		return { body: parsed.data, serverTime: timeOf(single(headers["date"])) };
	};

	async function exchange(call: Call<z.ZodType>, named: string): Promise<RawAnswer> {
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
			return { status: response.statusCode, headers: response.headers, text };
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

function causeOf(error: unknown): string {
	if (!(error instanceof Error)) return "the connection failed";
	const cause = error.cause instanceof Error ? error.cause : error;
	const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
	if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return "the answer has more than 8 MB";
	return cause.message || code || "the connection failed";
}

function timeOf(date: string | undefined): number | undefined {
	const time = date === undefined ? Number.NaN : Date.parse(date);
	return Number.isNaN(time) ? undefined : time;
}
