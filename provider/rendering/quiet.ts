import type { Clock } from "../../heygen/clock.ts";

export type Quiet = ReturnType<typeof createQuiet>;

/** Tells when the engine has shown a run all that it shows for now: it names one resource shortly after the other. */
export function createQuiet(clock: Clock) {
	let heardAt = clock.elapsed();

	return {
		/** A resource was checked, compared or begun: another one may follow. */
		heard(): void {
			heardAt = clock.elapsed();
		},

		/** Resolves once nothing was heard for so long; rejects with the signal's reason. */
		async lasts(milliseconds: number, signal?: AbortSignal): Promise<void> {
			for (;;) {
				const leftMs = heardAt + milliseconds - clock.elapsed();
				if (leftMs <= 0) return;
				await clock.sleep(leftMs, signal);
			}
		},
	};
}
