/** The time that the whole emulator lives by: the machine's, moved forward by tests. */
export interface EmulatorClock {
	/** Unix milliseconds. */
	now(): number;
	/**
	 * Moves the time forward; nothing is waited for. Throws a `RangeError` for a negative or non-finite number, and
	 * for one that leads to the year 9000.
	 */
	advance(seconds: number): void;
}

/** Keeps how far the clock was moved, so that a video's past stays its past after a restart. */
export interface ClockMemory {
	loadOffset(): number;
	saveOffset(milliseconds: number): void;
}

/** Room for what is added to the time, before a date takes a fifth digit. */
const END_MS = Date.UTC(9000, 0, 1);

/** `advanced` is called after each move. */
export function emulatorClock(memory: ClockMemory, advanced: () => void): EmulatorClock {
	let offset = memory.loadOffset();
	return {
		now: () => Date.now() + offset,
		advance(seconds) {
			if (!(seconds >= 0) || !Number.isFinite(seconds)) {
				throw new RangeError(`The emulator's clock only moves forward; ${seconds} seconds do not.`);
			}
			const moved = offset + Math.round(seconds * 1000);
			if (Date.now() + moved > END_MS) {
				throw new RangeError(
					`The emulator's clock ends before the year 9000; ${seconds} seconds lead beyond.`,
				);
			}
			memory.saveOffset(moved);
			offset = moved;
			advanced();
		},
	};
}
