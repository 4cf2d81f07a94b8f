import type { Clock } from "../../heygen/clock.ts";
import type { Quiet } from "./quiet.ts";

/** How long nothing new may be heard of before the renders that are wanted are counted, in milliseconds. */
export const QUIET_MS = 2_000;
/** How often it is looked whether those who may still want one have made up their mind. */
const STEP_MS = 250;

/** The run wants more renders than it may start. */
export class OverCap extends Error {
	/** The URNs of those that were wanted together when it came out. */
	readonly wanted: readonly string[];
	/** How many renders the run has started before. */
	readonly started: number;

	constructor(wanted: readonly string[], started: number) {
		super(`${wanted.length + started} renders are wanted`);
		this.wanted = wanted;
		this.started = started;
	}
}

/** One create's share of the cap. A create that the engine repeats has another one. */
export interface Claim {
	/**
	 * Resolves once a render may be submitted, and counts it from then on; at once where it is counted already. Rejects with
	 * `OverCap`, or with the signal's reason.
	 */
	take(signal: AbortSignal): Promise<void>;
	/** Nothing new was paid: it is not counted any more. */
	giveBack(): void;
	/** The create has ended, or knows that it does not render: nobody needs to wait for it. */
	settle(): void;
}

export type Cap = ReturnType<typeof createCap>;

/**
 * Counts the renders of a run before they are submitted. Those that are wanted at about the same time are counted
 * together, after a short while in which no further one is heard of: so that of too many none is paid, instead of the
 * first ones. Without a limit nobody waits.
 */
export function createCap({ most, clock, quiet }: { most: number | undefined; clock: Clock; quiet: Quiet }) {
	/** Creates that may still want to render. */
	const undecided = new Set<Claim>();
	const counted = new Set<Claim>();
	const waiting = new Map<Claim, { urn: string; end(over: OverCap | undefined): void }>();
	let refusal: OverCap | undefined;
	let running = false;

	async function run() {
		running = true;
		while (waiting.size > 0) {
			await quiet.lasts(QUIET_MS);
			if (undecided.size > 0) await clock.sleep(STEP_MS);
			else decide();
		}
		running = false;
	}

	function decide() {
		const wanted = [...waiting.values()].map(({ urn }) => urn);
		if (counted.size + wanted.length > (most ?? Number.POSITIVE_INFINITY)) {
			refusal ??= new OverCap(wanted, counted.size);
		}
		for (const [claim, { end }] of waiting) {
			waiting.delete(claim);
			if (refusal === undefined) counted.add(claim);
			end(refusal);
		}
	}

	function wait(claim: Claim, urn: string, signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const abort = () => {
				waiting.delete(claim);
				reject(signal.reason);
			};
			signal.addEventListener("abort", abort, { once: true });
			const end = (over: OverCap | undefined) => {
				signal.removeEventListener("abort", abort);
				if (over === undefined) resolve();
				else reject(over);
			};
			waiting.set(claim, { urn, end });
			if (!running) void run();
		});
	}

	return {
		/** The most renders that the run may start; undefined for as many as are wanted. */
		most,
		/** A resource's create has begun, and may want to render. */
		claim(urn: string): Claim {
			const claim: Claim = {
				async take(signal) {
					claim.settle();
					if (most === undefined || counted.has(claim)) return;
					if (refusal !== undefined) throw refusal;
					await wait(claim, urn, signal);
				},
				giveBack: () => void counted.delete(claim),
				settle() {
					if (undecided.delete(claim)) quiet.heard();
				},
			};
			undecided.add(claim);
			quiet.heard();
			return claim;
		},
	};
}
