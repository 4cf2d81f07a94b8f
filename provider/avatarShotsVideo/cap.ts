import type { Context } from "../lifecycle.ts";
import { type Claim, OverCap } from "../rendering/cap.ts";
import { overCap } from "./failures.ts";

/** A create's share of `heygen:maxNewVideos`; taking it fails with what the user is told. */
export type RenderClaim = Omit<Claim, "take"> & { take(): Promise<void> };

export function renderClaim({ urn, renders, settings, signal, report }: Context): RenderClaim {
	const claim = renders.cap.claim(urn);
	return {
		...claim,
		async take() {
			if (renders.cap.most !== undefined) report("counting this run's renders");
			try {
				await claim.take(signal);
			} catch (error) {
				throw error instanceof OverCap ? overCap(error, settings) : error;
			}
		},
	};
}
