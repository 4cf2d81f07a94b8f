import type { Clock } from "../../heygen/clock.ts";

/** A clock that only sleeping moves, so that an hour of waiting passes at once. Every sleep is noted. */
export function fastClock(start = Date.UTC(2026, 0, 1)): Clock & { sleeps: number[] } {
	let passed = 0;
	const sleeps: number[] = [];
	return {
		sleeps,
		now: () => start + passed,
		elapsed: () => passed,
		random: () => 0.5,
		async sleep(milliseconds, signal) {
			signal?.throwIfAborted();
			sleeps.push(milliseconds);
			passed += milliseconds;
			await new Promise(setImmediate);
			signal?.throwIfAborted();
		},
	};
}
