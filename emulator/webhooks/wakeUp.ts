const HOUR_MS = 3_600_000;

/** A timer for the next of many moments. It does not keep the process alive. */
export interface WakeUp {
	/** Looks anew for the next moment, and gives up the one it waited for. */
	plan(): void;
	close(): void;
}

/** `next` gives the next moment in milliseconds of `now`'s clock; `work` is called then. */
export function wakeUp(next: () => number | undefined, now: () => number, work: () => void): WakeUp {
	let timer: NodeJS.Timeout | undefined;
	return {
		plan() {
			clearTimeout(timer);
			const at = next();
			if (at === undefined) return;
			// A timer cannot wait for weeks: an early call finds nothing to do and plans again.
			timer = setTimeout(work, Math.min(HOUR_MS, Math.max(0, at - now()))).unref();
		},
		close: () => clearTimeout(timer),
	};
}
