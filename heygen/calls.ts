import type { z } from "zod";
import type { Clock } from "./clock.ts";
import { HeyGenAnswerInvalid, type HeyGenError, HeyGenRequestInvalid } from "./errors.ts";
import { MOST_TRIES, withRetries } from "./retry.ts";
import { pageOf } from "./schemas/envelopes.ts";
import type { Answer, Call, Transport } from "./transport.ts";

/** Time limit of one try of a read, in milliseconds (HeyGen's p99 is under 2 s). */
export const READ_LIMIT_MS = 30_000;
/** Time limit of one try of a change, in milliseconds: HeyGen works synchronously, its p99 of a submit is about 31 s. */
export const WRITE_LIMIT_MS = 120_000;
/** For how long a call is tried again by default, in milliseconds. */
export const RETRY_FOR_MS = 120_000;

/** The most pages that a list is taken to have: of 50 entries and more each. */
const MOST_PAGES = 1_000;

export interface CallOptions {
	signal?: AbortSignal | undefined;
	/** For how long the call is tried again, in milliseconds. @default 120,000 */
	retryForMs?: number | undefined;
	/** The most tries when no answer, or trouble of the service, is the answer; 429 does not count. @default 5 */
	mostTries?: number | undefined;
	/** Called before each wait between two tries. */
	onRetry?: ((error: HeyGenError, delayMs: number) => void) | undefined;
}

export type Query = Record<string, string | undefined>;

/** How the client's methods reach the service. */
export interface Calls {
	readonly clock: Clock;
	/** One call with its retries. `repeatable`: whether sending it twice does its work once. */
	send<T extends z.ZodType>(
		call: Omit<Call<T>, "signal">,
		repeatable: boolean,
		how: CallOptions,
	): Promise<Answer<z.infer<T>>>;
	/** The body of a GET. */
	read<T extends z.ZodType>(
		path: string,
		answer: T,
		how: CallOptions,
		more?: { query?: Query; videoId?: string },
	): Promise<z.infer<T>>;
	/**
	 * The items of a list, page by page as they are asked for. Throws `HeyGenAnswerInvalid` for a list whose end cannot be
	 * reached: what it does not show may be there all the same.
	 */
	items<T extends z.ZodType>(
		path: string,
		item: T,
		query: Query,
		how: CallOptions,
	): AsyncGenerator<z.infer<T>, void>;
}

export function createCalls(transport: Transport, clock: Clock): Calls {
	const calls: Calls = {
		clock,

		send(call, repeatable, how) {
			const { retryForMs = RETRY_FOR_MS, mostTries = MOST_TRIES, signal, onRetry } = how;
			const retry = { repeatable, forMs: retryForMs, mostTries, signal, onRetry };
			return withRetries(() => transport({ ...call, signal }), retry, clock);
		},

		async read(path, answer, how, more = {}) {
			const call = { method: "GET", path, answer, timeLimitMs: READ_LIMIT_MS, ...more } as const;
			return (await calls.send(call, true, how)).body;
		},

		async *items(path, item, query, how) {
			const seen = new Set<string>();
			for (let token: string | undefined; ; ) {
				const page = await calls.read(path, pageOf(item), how, { query: { ...query, token } });
				yield* page.data;
				if (page.has_more === false || (!page.has_more && !page.next_token)) return;
				token = page.next_token ?? "";
				if (token === "" || seen.has(token) || seen.size === MOST_PAGES - 1) throw endless(path);
				seen.add(token);
			}
		},
	};
	return calls;
}

/** All items of a list, in its order. */
export async function allOf<T>(items: AsyncGenerator<T, void>): Promise<T[]> {
	const all: T[] = [];
	for await (const item of items) all.push(item);
	return all;
}

/**
 * The path of one thing, its id being one part of it whatever it holds. Throws `HeyGenRequestInvalid` for what no URL takes
 * as a part.
 */
export function pathOf(list: string, id: string): string {
	if (["", ".", ".."].includes(id)) throw new HeyGenRequestInvalid(`"${id}" is no id`, { call: list });
	return `${list}/${encodeURIComponent(id.toWellFormed())}`;
}

function endless(path: string): HeyGenAnswerInvalid {
	const reason = "the list does not end: its pages name no next one, one that was read, or too many";
	return new HeyGenAnswerInvalid(reason, { call: `GET ${path}`, status: 200, whole: true });
}
