import { setTimeout as sleep } from "node:timers/promises";
import type { InterceptionHandle } from "../emulator/index.ts";
import type { Cell } from "./cells.ts";
import type { Disk } from "./disk.ts";
import { holdOf } from "./faults.ts";
import type { Place } from "./places.ts";
import { type EngineRun, signalTo } from "./processes.ts";
import type { Scene } from "./stages.ts";

/** How long after the moment of its place a signal comes, at most, in milliseconds. */
const SPREAD_MS = 120;
const SECOND_SIGNAL_MS = 300;
/** How long a preview may last on a busy machine, in milliseconds. */
export const LONGEST_PREVIEW_MS = 2_700;

export interface Injection {
	/** Resolves when the fault has come about, or the run has ended without it. */
	done: Promise<void>;
	/** Whether it has come about. */
	came(): boolean;
	/** Makes all well again, for the next run. */
	undo(): Promise<void>;
}

/** Lets a fault come about at its place in a run; a signal to a preview within the first `previewMs` of it. */
export function inject(
	cell: Cell,
	scene: Scene,
	run: EngineRun,
	disk: Disk | undefined,
	random: () => number,
	previewMs = LONGEST_PREVIEW_MS,
): Injection {
	const { fault, place } = cell;
	const over = new AbortController();
	void run.ended.then(() => over.abort());
	let handle: InterceptionHandle | undefined;
	let came = false;

	/** True when a request has come to the place before the run has ended. */
	async function reached(at: Place): Promise<boolean> {
		const paid = scene.emulator.control.acceptedRenders();
		while (at.since?.(scene.emulator, paid) === false) if (!(await tick(over.signal))) return false;
		handle = scene.emulator.control.intercept(holdOf(at));
		while (handle.hits === 0) if (!(await tick(over.signal))) return false;
		await sleep(random() * SPREAD_MS);
		return true;
	}

	async function signals(part: Parameters<typeof signalTo>[0], wanted: readonly NodeJS.Signals[]) {
		for (const [at, signal] of wanted.entries()) {
			if (at > 0) await sleep(SECOND_SIGNAL_MS);
			if (run.cli.exitCode !== null || run.cli.signalCode !== null) return;
			signalTo(part, signal, run, scene.project);
			came = true;
		}
	}

	async function comeAbout(): Promise<void> {
		if (fault === undefined) return;
		if (cell.preview) return inPreview();
		if (place === undefined) return;
		if (fault.kind === "answers") {
			const paid = scene.emulator.control.acceptedRenders();
			while (place.since?.(scene.emulator, paid) === false) if (!(await tick(over.signal))) return;
			const { action, times = Number.POSITIVE_INFINITY } = fault;
			handle = scene.emulator.control.intercept({ ...place.request, action, times });
			while (handle.hits === 0) if (!(await tick(over.signal))) return;
			came = true;
			return;
		}
		if (!(await reached(place))) return;
		if (fault.kind === "signals") return signals(fault.part, fault.signals);
		if (fault.kind === "restart") await scene.restart();
		if (fault.kind === "clock") scene.emulator.control.clock.advance(fault.hours * 3600);
		if (fault.kind === "full disk") disk?.fill();
		came = true;
	}

	async function inPreview(): Promise<void> {
		if (fault?.kind === "answers") {
			handle = scene.emulator.control.intercept({ action: fault.action, times: Number.POSITIVE_INFINITY });
			came = true;
		}
		if (fault?.kind !== "signals") return;
		await sleep(random() * previewMs);
		// A part that is not there yet, or not any more, is waited for or left in peace.
		for (let tries = 0; tries < 40 && !came && (await tick(over.signal)); tries++) {
			await signals(fault.part, fault.signals).catch(() => sleep(100));
		}
	}

	return {
		done: comeAbout(),
		came: () => came,
		async undo() {
			handle?.remove();
			disk?.clear();
		},
	};
}

/** Waits for a moment; false when the run is over. */
async function tick(over: AbortSignal): Promise<boolean> {
	await sleep(5);
	return !over.aborted;
}
