import { setTimeout as delay } from "node:timers/promises";

/** Time and chance as the client and the lifecycles see them; tests hand in their own. */
export interface Clock {
	/** Wall time in unix milliseconds. */
	now(): number;
	/** Milliseconds from an arbitrary start that no clock change moves: for measuring how long something took. */
	elapsed(): number;
	/** Resolves after `milliseconds`; rejects with the signal's reason as soon as it is aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number from 0 up to, not including, 1. */
	random(): number;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	sleep: async (milliseconds, signal) => {
		signal?.throwIfAborted();
		try {
			await delay(milliseconds, undefined, signal ? { signal } : {});
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		}
	},
	random: () => Math.random(),
};
