import { sameAccount } from "../account.ts";
import type { Context, Saved, Values } from "../lifecycle.ts";
import { findEndpoint, refuseOtherAccount } from "./account.ts";
import { heldText } from "./failures.ts";
import type { EndpointInputs } from "./inputs.ts";
import { type Registered, register, takeOver } from "./register.ts";
import { type EndpointState, STATE_VERSION, told } from "./state.ts";

/** Registers an endpoint, or takes over the one that `adoptEndpointId` names. */
export function create(given: Values, context: Context): Promise<Saved<EndpointState>> {
	return context.renders.resources.creating(context.urn, () =>
		createEndpoint(given as EndpointInputs, context),
	);
}

async function createEndpoint(inputs: EndpointInputs, context: Context): Promise<Saved<EndpointState>> {
	const { urn, renders } = context;
	const old = renders.resources.seen(urn);
	if (old !== undefined) await refuseOtherAccount(old.id, old.account, context);
	const username = await sameAccount(context);

	const { adoptEndpointId } = inputs;
	const adopts =
		adoptEndpointId !== undefined &&
		adoptEndpointId !== renders.resources.remembered(urn)?.["adoptEndpointId"];
	const { endpoint, secret } = adopts
		? await adopt(adoptEndpointId, inputs, context)
		: await register(inputs, context);
	const id = endpoint.endpoint_id;
	renders.resources.keep(id, urn);
	const state = { ...inputs, ...told(endpoint), secret, account: username, stateVersion: STATE_VERSION };
	return { id, state };
}

async function adopt(id: string, inputs: EndpointInputs, context: Context): Promise<Registered> {
	const { resources } = context.renders;
	const holder = resources.otherHolder(id, context.urn);
	if (holder !== undefined) throw new Error(`adoptEndpointId: ${heldText(id, holder)}`);
	resources.keep(id, context.urn);
	const endpoint = await findEndpoint(id, context);
	if (endpoint === undefined) {
		throw new Error(
			`adoptEndpointId: the account of this API key has no webhook endpoint ${id}. Check the id, or leave ` +
				"adoptEndpointId out to register a new one.",
		);
	}
	const taken = await takeOver(endpoint, inputs, context);
	context.note(
		`Took over webhook endpoint ${id} with a new secret, because HeyGen does not tell the one it had. That one has ` +
			"ended: hand the new one to whoever verifies deliveries.",
	);
	return taken;
}
