import { isNotFound } from "../../heygen/errors.ts";
import type { Context, Values } from "../lifecycle.ts";
import { refuseElsewhere } from "./account.ts";

/** Deletes an endpoint at HeyGen for good, unless the stack still holds it under another resource or after this run. */
export async function remove(id: string, state: Values, context: Context): Promise<void> {
	const { heygen, signal, renders, note } = context;
	if (renders.resources.isLive(id)) {
		note(`Webhook endpoint ${id} is kept at HeyGen: the stack still uses it.`);
		return;
	}
	try {
		await heygen().deleteWebhookEndpoint(id, { signal });
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseElsewhere(id, state["account"], context);
	}
}
