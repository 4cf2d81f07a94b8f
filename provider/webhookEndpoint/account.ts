import { HeyGenRefusal } from "../../heygen/errors.ts";
import { refuseOtherAccount as refuse } from "../account.ts";
import type { Context } from "../lifecycle.ts";

/** Stops when the key's account does not hold an endpoint that another one does; `account` is what the state says. */
export function refuseOtherAccount(id: string, account: unknown, context: Context): Promise<void> {
	const look = async () => {
		const found = await context.heygen().findWebhookEndpoint(id, { signal: context.signal });
		if (found === undefined)
			throw new HeyGenRefusal("not in the list", { call: "GET endpoints", status: 404 });
	};
	return refuse({ what: `Webhook endpoint ${id}`, account, look }, context);
}
