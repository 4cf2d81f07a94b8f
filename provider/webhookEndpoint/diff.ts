import { type Context, type Difference, unknown, type Values } from "../lifecycle.ts";
import { sameEvents } from "./events.ts";
import { sameUrl } from "./state.ts";

/** All but the entity changes in place: the endpoint keeps its id, and its secret unless another one is asked for. */
export function diff(id: string, state: Values, inputs: Values, { urn, renders }: Context): Difference {
	const replaces = replacedBy(id, state, inputs);
	renders.resources.saw(urn, { id, account: state["account"], replaced: replaces.length > 0 });
	const changed =
		replaces.length > 0 ||
		!sameUrl(state["url"], inputs["url"]) ||
		!sameEvents(state["events"], inputs["events"]) ||
		needsNewSecret(state, inputs);
	return { changed, replaces };
}

/** Whether a new secret is asked for, or the old one is lost. */
export function needsNewSecret(state: Values, inputs: Values): boolean {
	return (
		typeof state["secret"] !== "string" || textOf(state["secretVersion"]) !== textOf(inputs["secretVersion"])
	);
}

function replacedBy(id: string, state: Values, { entityId, adoptEndpointId }: Values): string[] {
	const replaces: string[] = [];
	if (entityId !== state["entityId"]) replaces.push("entityId");
	const another = adoptEndpointId !== id && adoptEndpointId !== state["adoptEndpointId"];
	if (adoptEndpointId !== undefined && another) replaces.push("adoptEndpointId");
	if (state["status"] === "gone") replaces.push("status");
	return replaces;
}

const textOf = (version: unknown) =>
	version === undefined || version === unknown ? version : String(version);
