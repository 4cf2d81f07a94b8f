import { replacedBy } from "../provider/avatarShotsVideo/diff.ts";
import { canonicalInput, RENDER_INPUTS } from "../provider/avatarShotsVideo/renderRequest.ts";
import { unknown, type Values } from "../provider/lifecycle.ts";
import { NOT_KNOWN, type Preview, type Step } from "./preview.ts";
import { nameOf, typeOf, VIDEO_TYPE } from "./resource.ts";

/**
 * `perhaps`: a replacement that hangs on a value not known before the update, and may turn out to be none. `adopted`,
 * `changed` and `deleted` cost nothing.
 */
export type Change = "new" | "regenerated" | "perhaps" | "adopted" | "changed" | "deleted" | "unchanged";

/** Why a video is regenerated: an input, and its two values where there are such. */
export interface Reason {
	input: string;
	before?: unknown;
	/** Undefined also where it is not known before the update. */
	after?: unknown;
	known: boolean;
}

export interface PlannedVideo {
	name: string;
	urn: string;
	change: Change;
	reasons: Reason[];
}

/** Each change in words, in the order in which they are told. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
	new: "new",
	regenerated: "regenerated",
	perhaps: "perhaps regenerated",
	adopted: "adopted, not rendered",
	changed: "changed for free",
	deleted: "deleted",
	unchanged: "unchanged",
};
export const CHANGES = Object.keys(CHANGE_WORDS) as Change[];

/** What an update would do to the stack's videos. */
export const plannedVideos = (preview: Preview): PlannedVideo[] =>
	plannedSteps(preview).map(({ video }) => video);

/** The same, each with the step that says it. */
export function plannedSteps({ steps }: Preview): { video: PlannedVideo; step: Step }[] {
	const byUrn = new Map<string, { video: PlannedVideo; step: Step }>();
	for (const step of steps) {
		const video = typeOf(step.urn) === VIDEO_TYPE ? plannedVideo(step) : undefined;
		if (video !== undefined && !byUrn.has(video.urn)) byUrn.set(video.urn, { video, step });
	}
	const place = ({ change }: PlannedVideo) => CHANGES.indexOf(change);
	return [...byUrn.values()].sort(
		({ video: a }, { video: b }) => place(a) - place(b) || (a.name < b.name ? -1 : 1),
	);
}

/** Undefined for a step that says nothing of its own, such as the deletion of what was replaced. */
function plannedVideo(step: Step): PlannedVideo | undefined {
	const video = (change: Change, reasons: Reason[] = []) => ({
		name: nameOf(step.urn),
		urn: step.urn,
		change,
		reasons,
	});
	const inputs = decoded(step.newState?.inputs ?? {}) as Values;
	switch (step.op) {
		case "same":
			return video("unchanged");
		case "update":
			return video("changed");
		case "delete":
			return video("deleted");
		case "create":
			return video(inputs["submissionKey"] === undefined ? "adopted" : "new");
		case "replace":
		case "create-replacement": {
			const reasons = reasonsOf(step, inputs);
			if (inputs["submissionKey"] === undefined) return video("adopted", reasons);
			const certain = inputs["submissionKey"] !== unknown || reasons.some(({ known }) => known);
			return video(certain ? "regenerated" : "perhaps", reasons);
		}
		default:
			return undefined;
	}
}

/** By the provider's own comparison; the engine tells it too, also of values that a preview hides. */
function reasonsOf({ oldState, replaceReasons }: Step, inputs: Values): Reason[] {
	const state = decoded(oldState?.outputs ?? oldState?.inputs ?? {}) as Values;
	const found = replacedBy(oldState?.id ?? "", state, inputs);
	const names = [...new Set([...found, ...(replaceReasons ?? [])])].filter((name) => name !== "id");
	return names.map((input) => reasonOf(input, state, inputs));
}

function reasonOf(input: string, state: Values, inputs: Values): Reason {
	if (input === "status") return { input, before: state["status"], known: true };
	const before = shown(state[input]);
	const render = RENDER_INPUTS.find((name) => name === input);
	const known = (render === undefined ? inputs[input] : canonicalInput(render, inputs)) !== unknown;
	return { input, before, after: known ? shown(inputs[input]) : undefined, known };
}

/** Without the bytes of references, of which the hash is enough. */
function shown(value: unknown): unknown {
	if (!Array.isArray(value)) return value;
	return value.map((item) =>
		typeof item === "object" && item !== null ? { ...item, base64: undefined } : item,
	);
}

/** A preview's values as the provider sees them. */
function decoded(value: unknown): unknown {
	if (value === NOT_KNOWN) return unknown;
	if (Array.isArray(value)) return value.map(decoded);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decoded(item)]));
}
