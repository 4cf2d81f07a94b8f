import { setImmediate as nextTurn } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import type { Clock } from "../../heygen/clock.ts";

export interface SteppedClock extends Clock {
	/** For the client whose requests the clock waits for. */
	dispatcher: Dispatcher;
	/** When those who sleep will go on, in milliseconds from the start. */
	sleeping(): number[];
}

/**
 * A clock for several who sleep at once while real servers are asked: it stands still while a request is under way, then
 * goes on to the sleeper whose time comes first.
 */
export function steppedClock(start = Date.UTC(2026, 0, 1)): SteppedClock {
	const sleepers = new Set<{ at: number; wake(): void }>();
	let passed = 0;
	let requests = 0;
	let stepping = false;

	async function step() {
		if (stepping) return;
		stepping = true;
		while (sleepers.size > 0) {
			for (let turn = 0; turn < 3; turn++) await nextTurn();
			if (requests > 0) break;
			const [next] = [...sleepers].sort((a, b) => a.at - b.at);
			passed = Math.max(passed, next?.at ?? passed);
			next?.wake();
		}
		stepping = false;
	}

	function done() {
		requests--;
		void step();
	}

	const dispatcher = new Agent({ connections: 4 }).compose((dispatch) => (options, handler) => {
		requests++;
		return dispatch(options, {
			onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
			onResponseStart: (...args) => handler.onResponseStart?.(...args),
			onResponseData: (...args) => handler.onResponseData?.(...args),
			onResponseEnd(...args) {
				handler.onResponseEnd?.(...args);
				done();
			},
			onResponseError(...args) {
				handler.onResponseError?.(...args);
				done();
			},
		});
	});

	return {
		dispatcher,
		sleeping: () => [...sleepers].map(({ at }) => at),
		now: () => start + passed,
		elapsed: () => passed,
		random: () => 0.5,
		sleep: (milliseconds, signal) =>
			new Promise((resolve, reject) => {
				signal?.throwIfAborted();
				const abort = () => {
					sleepers.delete(sleeper);
					reject(signal?.reason);
				};
				const sleeper = {
					at: Math.ceil(passed + milliseconds),
					wake() {
						sleepers.delete(sleeper);
						signal?.removeEventListener("abort", abort);
						resolve();
					},
				};
				sleepers.add(sleeper);
				signal?.addEventListener("abort", abort, { once: true });
				void step();
			}),
	};
}
