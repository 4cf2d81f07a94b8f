import type { Context, Saved, Values } from "../lifecycle.ts";
import { findEndpoint, refuseElsewhere } from "./account.ts";
import { type Events, eventsOf } from "./events.ts";
import { type EndpointState, STATE_VERSION, sameUrl, told } from "./state.ts";

/** An endpoint as it is at HeyGen, which tells neither its secret nor its entity; undefined when it is gone. */
export async function read(
	id: string,
	state: Values,
	context: Context,
): Promise<Saved<EndpointState> | undefined> {
	const endpoint = await findEndpoint(id, context);
	if (endpoint === undefined) {
		await refuseElsewhere(id, state["account"], context);
		return undefined;
	}
	if (endpoint.status === "disabled" && state["status"] !== "disabled") {
		context.warn(`Webhook endpoint ${id} is disabled at HeyGen, whose API cannot enable it.`);
	}
	const { url } = endpoint;
	const account = state["account"] ?? (await context.renders.account()).username;
	const events =
		"url" in state
			? await eventsOf(endpoint, state["events"] as Events, context)
			: (endpoint.events ?? undefined);
	return {
		id,
		state: {
			...state,
			url: sameUrl(state["url"], url) ? state["url"] : url,
			events,
			...told(endpoint),
			account: String(account),
			stateVersion: STATE_VERSION,
		},
	};
}
