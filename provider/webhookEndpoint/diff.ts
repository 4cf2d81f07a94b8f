import { type Context, type Difference, unknown, type Values } from "../lifecycle.ts";
import { sameEvents } from "./state.ts";

/** Everything but the entity changes in place, and keeps the secret unless a new one is asked for. */
export function diff(id: string, state: Values, inputs: Values, { urn, renders }: Context): Difference {
	const replaces = replacedBy(id, state, inputs);
	renders.resources.saw(urn, { id, account: state["account"], replaced: replaces.length > 0 });
	const changed =
		replaces.length > 0 ||
		inputs["url"] !== state["url"] ||
		!sameEvents(inputs["events"], state["events"]) ||
		needsNewSecret(state, inputs);
	return { changed, replaces };
}

/** A new version asks for a new secret; one that was lost has to be made anew whatever was asked. */
export function needsNewSecret(state: Values, inputs: Values): boolean {
	const [before, after] = [state["secretVersion"], inputs["secretVersion"]];
	return typeof state["secret"] !== "string" || textOf(before) !== textOf(after);
}

function replacedBy(id: string, state: Values, { entityId, adoptEndpointId }: Values): string[] {
	const replaces: string[] = [];
	if (entityId !== state["entityId"]) replaces.push("entityId");
	const another = adoptEndpointId !== id && adoptEndpointId !== state["adoptEndpointId"];
	if (adoptEndpointId !== undefined && another) replaces.push("adoptEndpointId");
	return replaces;
}

const textOf = (version: unknown) =>
	version === undefined || version === unknown ? version : String(version);
