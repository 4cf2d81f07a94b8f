import type { Preview, Step } from "../plan/preview.ts";
import { type PlannedVideo, plannedSteps } from "../plan/videos.ts";
import { HIDDEN, shownValue } from "./values.ts";
import { type Shown, textOf } from "./video.ts";

/** Inputs that are not the user's. */
const OURS: ReadonlySet<string> = new Set(["__provider", "resourceUrn", "submissionKey"]);

/** What a run would do to one video. */
export interface VideoChange {
	readonly video: PlannedVideo;
	/** The video before, and after. */
	readonly before: Shown | undefined;
	readonly after: Shown | undefined;
	readonly inputs: readonly InputChange[];
}

export interface InputChange {
	readonly name: string;
	/** Undefined where it was, or is going to be, left out. */
	readonly before: string | undefined;
	readonly after: string | undefined;
}

/** What a preview would do to videos, the renders first; those that stay as they are are left out. */
export function changesFrom(preview: Preview): VideoChange[] {
	return plannedSteps(preview)
		.filter(({ video }) => video.change !== "unchanged")
		.map(({ video, step: { urn, oldState, newState, replaceReasons } }) => {
			const before = shownOf(urn, oldState);
			const after = video.change === "deleted" ? undefined : shownOf(urn, newState);
			const inputs = before && after ? changedInputs(before.inputs, after.inputs, replaceReasons ?? []) : [];
			return { video, before, after, inputs };
		});
}

const shownOf = (urn: string, state: Step["oldState"]): Shown | undefined =>
	state && { urn, id: state.id, inputs: state.inputs ?? {}, outputs: state.outputs ?? {} };

function changedInputs(
	before: Shown["inputs"],
	after: Shown["inputs"],
	reasons: readonly string[],
): InputChange[] {
	const names = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...names].flatMap((name) => {
		const [was, is] = [shownValue(before[name]), shownValue(after[name])];
		const same = JSON.stringify(was) === JSON.stringify(is);
		// Two secrets look alike; the engine knows.
		const hidden = was === HIDDEN && reasons.includes(name);
		if (OURS.has(name) || (same && !hidden)) return [];
		return [{ name, before: textOf(was), after: textOf(is) }];
	});
}
