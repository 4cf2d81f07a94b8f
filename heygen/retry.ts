import type { Clock } from "./clock.ts";
import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal, HeyGenUnreachable } from "./errors.ts";

/** The first wait between two tries, in milliseconds; it doubles with every further try. */
export const FIRST_DELAY_MS = 500;
/** The longest wait between two tries that the service did not ask for, in milliseconds. */
export const LONGEST_DELAY_MS = 30_000;
/** Tries of a call that fails for another reason than 429, the first one included, unless the caller says more. */
export const MOST_TRIES = 5;

export interface RetryOptions {
	/** Whether the same call may be sent again without doing its work twice. */
	repeatable: boolean;
	/** The most tries that may fail for another reason than 429. */
	mostTries: number;
	/** No try begins later than this after the first one, in milliseconds. */
	forMs: number;
	signal?: AbortSignal | undefined;
	/** Called before each wait. */
	onRetry?: ((error: HeyGenError, delayMs: number) => void) | undefined;
}

/** Calls `attempt` until it succeeds or its failure is final. Every wait is bounded, by `forMs` at the most. */
export async function withRetries<T>(
	attempt: () => Promise<T>,
	options: RetryOptions,
	clock: Clock,
): Promise<T> {
	const start = clock.elapsed();
	let failures = 0;
	for (let tries = 1; ; tries++) {
		try {
			return await attempt();
		} catch (error) {
			options.signal?.throwIfAborted();
			if (!(error instanceof HeyGenError) || !mayRetry(error, options.repeatable)) throw error;
			if (error.status !== 429 && ++failures >= options.mostTries) throw error;
			const delayMs = retryDelay(tries, error.retryAfterMs, clock.random());
			if (clock.elapsed() - start + delayMs > options.forMs) throw error;
			options.onRetry?.(error, delayMs);
			await clock.sleep(delayMs, options.signal);
		}
	}
}

/** Which failures are worth the same call again: 429 always, trouble on the way only where a repeat is harmless. */
export function mayRetry(error: HeyGenError, repeatable: boolean): boolean {
	if (error.status === 429) return error.code !== "quota_exceeded";
	if (!repeatable) return false;
	if (error instanceof HeyGenUnreachable) return true;
	if (error instanceof HeyGenAnswerInvalid) return !error.whole;
	if (!(error instanceof HeyGenRefusal)) return false;
	if (error.status === 404) return error.code === undefined;
	return error.status >= 500 || (error.status === 409 && error.code === "request_in_progress");
}

/**
 * The wait before try number `tries + 1`, in milliseconds: what the service asked for and up to a second more, so that
 * many who wait do not come back together; else doubling, capped, and jittered by a quarter either way.
 */
export function retryDelay(tries: number, retryAfterMs: number | undefined, random: number): number {
	if (retryAfterMs !== undefined) return Math.max(retryAfterMs, FIRST_DELAY_MS) + Math.round(random * 1_000);
	const doubled = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
	return Math.round(doubled * (0.75 + random / 2));
}

/** The milliseconds that a `Retry-After` header asks for: whole seconds or an HTTP date; undefined when it is neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
	// Date.parse takes almost any text with a number in it for a date of long ago, which would ask for no wait at all.
	const date = /\d\d:\d\d:\d\d GMT\s*$/.test(header) ? Date.parse(header) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
