import { isNotFound } from "../../heygen/errors.ts";
import type { Context, Lifecycle, Saved, Values } from "../lifecycle.ts";
import { refuseOtherAccount } from "./account.ts";
import { newSecret, setEvents } from "./change.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { diff, needsNewSecret } from "./diff.ts";
import type { EndpointInputs } from "./inputs.ts";
import { asHeyGenSays, type EndpointState, STATE_VERSION, sameEvents } from "./state.ts";

/** The life of one registered endpoint and of its signing secret. */
export const webhookEndpoint: Lifecycle<EndpointState> = {
	secrets: ["secret"],
	check,
	diff,
	create,
	read,
	update,
	delete: remove,
};

/** HeyGen tells all of an endpoint but its entity and its secret: those stay as the state has them. */
async function read(id: string, state: Values, context: Context): Promise<Saved<EndpointState> | undefined> {
	const { heygen, signal, renders } = context;
	const endpoint = await heygen().findWebhookEndpoint(id, { signal });
	if (endpoint === undefined) {
		await refuseOtherAccount(id, state["account"], context);
		return undefined;
	}
	const account = String(state["account"] ?? (await renders.account()).username);
	const told = asHeyGenSays(endpoint, state);
	return { id, state: { ...state, ...told, account, stateVersion: STATE_VERSION } };
}

/** Interrupted at any point, the next run does what is left: nothing is recorded before all of it is done. */
async function update(id: string, state: Values, given: Values, context: Context): Promise<EndpointState> {
	const inputs = given as EndpointInputs;
	await refuseOtherAccount(id, state["account"], context);
	context.renders.resources.keep(id);
	const { status, createdAt, account } = state;
	let told: object = { status, createdAt };
	if (inputs.url !== state["url"] || !sameEvents(inputs.events, state["events"])) {
		const endpoint = await setEvents(id, { url: inputs.url }, inputs.events, context);
		told = asHeyGenSays(endpoint, inputs);
	}
	const secret = needsNewSecret(state, inputs) ? await newSecret(id, context) : String(state["secret"]);
	return { ...inputs, ...told, secret, account: String(account), stateVersion: STATE_VERSION };
}

/** Ends an endpoint for good, unless the stack still holds it after this run. */
async function remove(id: string, state: Values, context: Context): Promise<void> {
	const { heygen, signal, renders, note } = context;
	if (renders.resources.isLive(id)) {
		note(`Webhook endpoint ${id} is kept at HeyGen: the stack still uses it.`);
		return;
	}
	try {
		await heygen().deleteWebhookEndpoint(id, { signal });
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseOtherAccount(id, state["account"], context);
	}
}
