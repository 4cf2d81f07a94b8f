import { type Context, type Difference, unknown, type Values } from "../lifecycle.ts";
import { canonicalInput, RENDER_INPUTS, sameRevision } from "./renderRequest.ts";
import { isFinal } from "./state.ts";

/** Inputs that a change of takes effect without another render. */
const FREE_INPUTS = ["title", "callbackUrl", "callbackId", "wait"] as const;

/** What a change costs: `replaces` is another paid render, `changed` alone is free. */
export function diff(id: string, state: Values, inputs: Values, { urn, renders }: Context): Difference {
	renders.quiet.heard();
	const replaces = isSupposed(inputs) ? [] : replacedBy(id, state, inputs);
	const { account, status } = state;
	const lost = status === "failed" || status === "gone";
	renders.resources.saw(urn, { id, account, replaced: replaces.length > 0, lost });
	const unfinished = !isFinal(state["status"]);
	return { changed: replaces.length > 0 || unfinished || changedInPlace(state, inputs), replaces };
}

/**
 * Whether the engine supposes a change: before it deletes something that is to be replaced, it asks whether what depends on
 * it would have to be replaced, and deletes that first, too. It makes the last inputs unknown for that, but for their key,
 * which `check` never leaves known beside them. A video outlives what it was made of: the real inputs tell later.
 */
function isSupposed(inputs: Values): boolean {
	if (typeof inputs["submissionKey"] !== "string") return false;
	return (
		inputs["revision"] === unknown || RENDER_INPUTS.some((name) => canonicalInput(name, inputs) === unknown)
	);
}

/** The inputs that call for a render, and `status` where the one that is there is of no use. */
export function replacedBy(id: string, state: Values, inputs: Values): string[] {
	const replaces: string[] = RENDER_INPUTS.filter((name) => {
		const wanted = canonicalInput(name, inputs);
		return wanted === unknown || wanted !== canonicalInput(name, state);
	});
	if (!sameRevision(state, inputs)) replaces.push("revision");
	if (adoptsAnother(id, state, inputs)) replaces.push("adoptVideoId");
	if (state["status"] === "failed" || state["status"] === "gone") replaces.push("status");
	return replaces;
}

/** Naming another video adopts it; naming this one, naming the same as before or naming none any more does nothing. */
function adoptsAnother(id: string, state: Values, { adoptVideoId }: Values): boolean {
	return adoptVideoId !== undefined && adoptVideoId !== id && adoptVideoId !== state["adoptVideoId"];
}

function changedInPlace(state: Values, inputs: Values): boolean {
	return FREE_INPUTS.some(
		(name) => inputs[name] === unknown || JSON.stringify(state[name]) !== JSON.stringify(inputs[name]),
	);
}
