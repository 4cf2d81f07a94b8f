const HOUR_MS = 3_600_000;

const PAUSE_MS = 30_000;

/** A timer for the next of many moments. It does not keep the process alive. */
export interface WakeUp {
	/** Looks anew for the next moment, and gives up the one it waited for. */
	plan(): void;
	/** Waits for 30 seconds, whatever is due. */
	pause(): void;
	close(): void;
}

/** `next` gives the next moment in milliseconds of `now`'s clock; `work` is called then. */
export function wakeUp(next: () => number | undefined, now: () => number, work: () => void): WakeUp {
	let timer: NodeJS.Timeout | undefined;
	const wait = (milliseconds: number) => {
		clearTimeout(timer);
		timer = setTimeout(work, milliseconds).unref();
	};
	return {
		plan() {
			clearTimeout(timer);
			const at = next();
			// A timer cannot wait for weeks: an early call finds nothing to do and plans again.
			if (at !== undefined) wait(Math.min(HOUR_MS, Math.max(0, at - now())));
		},
		pause: () => wait(PAUSE_MS),
		close: () => clearTimeout(timer),
	};
}
