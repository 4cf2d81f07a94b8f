import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import { refuseElsewhere as elsewhere, type Held, refuseOtherAccount as refuse } from "../account.ts";
import type { Context } from "../lifecycle.ts";

/** The endpoint of this id; undefined when the key's account has none. */
export const findEndpoint = (id: string, { heygen, signal }: Context): Promise<WebhookEndpoint | undefined> =>
	heygen().findWebhookEndpoint(id, { signal });

/** Stops when the key's account does not hold an endpoint that another one does; `account` is what the state says. */
export function refuseOtherAccount(id: string, account: unknown, context: Context): Promise<void> {
	return refuse(held(id, account, context), context);
}

/** Stops an endpoint that is not found from counting as deleted where another account may hold it. */
export function refuseElsewhere(id: string, account: unknown, context: Context): Promise<void> {
	return elsewhere(held(id, account, context), context);
}

function held(id: string, account: unknown, context: Context): Held {
	return { what: `Webhook endpoint ${id}`, account, look: () => findEndpoint(id, context) };
}
