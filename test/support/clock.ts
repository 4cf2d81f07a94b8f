import { type Clock, systemClock } from "../../heygen/clock.ts";

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

/** A clock that runs faster than the real one: for what waits for real servers meanwhile. */
export function quickClock(times = 100): Clock {
	const elapsed = () => performance.now() * times;
	const start = Date.now() - elapsed();
	return {
		now: () => start + elapsed(),
		elapsed,
		random: () => 0.5,
		sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / times, signal),
	};
}
