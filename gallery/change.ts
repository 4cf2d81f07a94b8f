import type { Resource, Step } from "./stack.ts";
import { HIDDEN, shownValue } from "./values.ts";
import { nameOf, textOf } from "./video.ts";

/** Inputs that are not the user's. */
const OURS: ReadonlySet<string> = new Set(["__provider", "resourceUrn", "submissionKey"]);

/** What a run would do to one video. */
export interface Change {
	readonly urn: string;
	readonly name: string;
	readonly what: "new" | "replaced" | "deleted" | "changed in place";
	/** Whether it is a render to pay for: not where an existing video is taken over. */
	readonly renders: boolean;
	/** The video before, and after. */
	readonly before: Resource | undefined;
	readonly after: Resource | undefined;
	readonly inputs: readonly InputChange[];
}

export interface InputChange {
	readonly name: string;
	/** Undefined where it was, or is going to be, left out. */
	readonly before: string | undefined;
	readonly after: string | undefined;
}

/** What a preview's steps would do to videos, the renders first. Steps that only repeat another one are left out. */
export function changesFrom(steps: readonly Step[]): Change[] {
	const changes = steps.flatMap((step) => changeFrom(step) ?? []);
	const byUrn = new Map(changes.map((change) => [change.urn, change]));
	return [...byUrn.values()].sort((a, b) => Number(b.renders) - Number(a.renders));
}

function changeFrom({ op, urn, oldState, newState, replaceReasons }: Step): Change | undefined {
	const what = whatOf(op);
	if (what === undefined) return undefined;
	const before = oldState ?? undefined;
	const after = what === "deleted" ? undefined : (newState ?? undefined);
	const renders =
		(what === "new" || what === "replaced") && textOf(after?.inputs["adoptVideoId"]) === undefined;
	const inputs = before && after ? changedInputs(before.inputs, after.inputs, replaceReasons ?? []) : [];
	return { urn, name: nameOf(urn), what, renders, before, after, inputs };
}

function whatOf(op: string): Change["what"] | undefined {
	switch (op) {
		case "create":
			return "new";
		case "replace":
		case "create-replacement":
			return "replaced";
		case "delete":
			return "deleted";
		case "update":
			return "changed in place";
		default:
			// Nothing happens (same, read), or another step tells it (delete-replaced).
			return undefined;
	}
}

function changedInputs(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>,
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
