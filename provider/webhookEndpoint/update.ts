import { HeyGenError, HeyGenRefusal, isNotFound } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import { type Context, Unfinished, type Values } from "../lifecycle.ts";
import { sharedReason } from "../shared.ts";
import { findEndpoint, refuseElsewhere } from "./account.ts";
import { bringInLine, newSecret, type Target } from "./change.ts";
import { needsNewSecret } from "./diff.ts";
import type { EndpointInputs } from "./inputs.ts";
import { type EndpointState, STATE_VERSION, told } from "./state.ts";

/** Changes an endpoint in place, then its secret where that is asked for or the state has none. */
export async function update(
	id: string,
	state: Values,
	given: Values,
	context: Context,
): Promise<EndpointState> {
	const inputs = given as EndpointInputs;
	context.renders.resources.keep(id, context.urn);
	const wanted = { url: inputs.url, events: inputs.events };
	const changed = await unlessGone(id, state, context, () =>
		bringInLine(id, state as Values & Target, wanted, context),
	);
	const next = stateAfter(inputs, state, changed);
	if (!needsNewSecret(state, inputs)) return next;
	try {
		const secret = await unlessGone(id, state, context, () => newSecret(id, context));
		return { ...next, secret };
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		throw secretNotChanged(id, { ...next, secretVersion: state["secretVersion"] }, error);
	}
}

function stateAfter(inputs: EndpointInputs, state: Values, changed: WebhookEndpoint | undefined) {
	const { secret, account, status, createdAt } = state;
	return {
		...inputs,
		...(changed === undefined ? { status, createdAt } : told(changed)),
		secret,
		account: String(account),
		stateVersion: STATE_VERSION,
	} as EndpointState;
}

/** What was changed before is kept. A secret that may have ended is not: the next run makes a new one. */
function secretNotChanged(id: string, state: EndpointState, error: HeyGenError): Error {
	const refused = error instanceof HeyGenRefusal && error.status < 500;
	const text = refused
		? `The secret of webhook endpoint ${id} was not changed: ${error.message}`
		: `Whether webhook endpoint ${id} has a new secret is not clear: ${error.message} Run \`pulumi up\` again to ` +
			"make one; until then the receiver may refuse what HeyGen sends.";
	const shared = sharedReason(error, `The secret of webhook endpoint ${id} was not changed`);
	return refused
		? new Unfinished(text, { id, state }, shared)
		: new Unfinished(text, { id, state: { ...state, secret: undefined } });
}

/** An endpoint that was deleted at HeyGen is registered anew by the next run. */
async function unlessGone<T>(
	id: string,
	state: Values,
	context: Context,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseElsewhere(id, state["account"], context);
		if ((await findEndpoint(id, context)) !== undefined) throw error;
		const text = `Webhook endpoint ${id} was deleted at HeyGen. The next \`pulumi up\` registers it anew, with a new secret.`;
		throw new Unfinished(text, { id, state: { ...state, status: "gone" } });
	}
}
