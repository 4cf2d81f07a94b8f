import { type HeyGenError, HeyGenRefusal } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import { type Context, Shared } from "../lifecycle.ts";
import { sharedReason } from "../shared.ts";
import { sameUrl } from "./state.ts";

const INPUT_OF: Readonly<Record<string, string>> = { entity_id: "entityId" };

/** What a create that failed left undone. */
export const NOT_REGISTERED = "The webhook endpoint was not registered";

/** What a definite no tells the user; undefined when it was none. */
export async function refusal(
	error: HeyGenError,
	url: string,
	{ heygen, signal, urn, renders }: Context,
): Promise<Error | undefined> {
	if (!(error instanceof HeyGenRefusal) || error.status >= 500 || error.code === "request_in_progress") {
		return undefined;
	}
	const about = error.param === undefined ? "" : `${inputNamed(error.param)}: `;
	const text = `${NOT_REGISTERED}. ${about}${error.message}`;
	if (error.status !== 409) return new Shared(text, sharedReason(error, NOT_REGISTERED));
	const all = await heygen()
		.listWebhookEndpoints({ signal })
		.catch(() => []);
	const [other] = all.filter((endpoint) => sameUrl(endpoint.url, url));
	if (other === undefined) return new Error(text);
	if (other.endpoint_id === renders.resources.seen(urn)?.id) {
		return new Error(
			`${text} It takes no second endpoint for this URL beside the one that is to be replaced: set ` +
				"deleteBeforeReplace: true in the resource's options.",
		);
	}
	return new Error(
		`${text} HeyGen has webhook endpoint ${other.endpoint_id} for this URL: to manage it here, set ` +
			`adoptEndpointId: "${other.endpoint_id}".`,
	);
}

/** What is wrong with adopting an endpoint that another resource of the stack holds: the secret of that one would end. */
export const heldText = (endpointId: string, holder: string) =>
	`the webhook endpoint ${endpointId} is held by the resource "${holder.split("::").at(-1)}" of this stack, and two must ` +
	"not hold one. Take it out of the program there first, or rename that resource with an alias.";

const inputNamed = (param: string) => (Object.hasOwn(INPUT_OF, param) ? INPUT_OF[param] : param);

/** What a request that may or may not have been taken tells the user. */
export function noClearAnswer(error: HeyGenError): Error {
	return new Error(
		`Registering got no clear answer and may have been done: ${error.message} Run \`pulumi up\` again within 24 ` +
			"hours: it asks under the same key and takes over what was registered.",
	);
}

/** What else delivers to the same URL, for the user to judge: another stack's, or a leftover. */
export function othersNote(others: readonly WebhookEndpoint[]): string {
	const ids = others.map(({ endpoint_id }) => endpoint_id).join(", ");
	return (
		`HeyGen also delivers to this URL by ${others.length === 1 ? "webhook endpoint" : "webhook endpoints"} ${ids}. ` +
		"One that nobody needs, such as that of a run which was interrupted long ago, can be deleted, or managed by " +
		"adoptEndpointId in place of this one."
	);
}
