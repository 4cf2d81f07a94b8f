import { HeyGenRefusal } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { CreatedEndpoint } from "../../heygen/webhookEndpoints.ts";
import { keyAfter, keyOf, LONGEST_CHAIN } from "../keys.ts";
import { type Context, type Saved, Unfinished, type Values } from "../lifecycle.ts";
import { refuseOtherAccount } from "./account.ts";
import { newSecret, setEvents } from "./change.ts";
import type { EndpointInputs } from "./inputs.ts";
import { asHeyGenSays, type EndpointState, STATE_VERSION, sameEvents } from "./state.ts";

/** How far an endpoint's creation may lie before the request's first try and still be its own, in milliseconds. */
const SAME_REQUEST_MS = 5_000;

/** Registers an endpoint, or takes over the one that `adoptEndpointId` names. */
export async function create(given: Values, context: Context): Promise<Saved<EndpointState>> {
	const inputs = given as EndpointInputs;
	const { urn, renders } = context;
	const old = renders.resources.seen(urn);
	if (old !== undefined) await refuseOtherAccount(old.id, old.account, context);
	const { username } = await renders.account();
	const saved = (endpoint: WebhookEndpoint, secret: string | undefined): Saved<EndpointState> => ({
		id: endpoint.endpoint_id,
		state: {
			...inputs,
			...asHeyGenSays(endpoint, inputs),
			secret,
			account: username,
			stateVersion: STATE_VERSION,
		},
	});

	const { endpoint, secret, known } =
		inputs.adoptEndpointId === undefined
			? await register(inputs, context)
			: await adopt(inputs, inputs.adoptEndpointId, context);
	renders.resources.keep(endpoint.endpoint_id);
	if (known) return saved(endpoint, secret);
	try {
		return saved(endpoint, await newSecret(endpoint.endpoint_id, context));
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		const text = `Webhook endpoint ${endpoint.endpoint_id} is there, but its secret is not known: ${why} Run \`pulumi up\` again to make a new one.`;
		throw new Unfinished(text, saved(endpoint, undefined));
	}
}

interface Found {
	endpoint: WebhookEndpoint;
	secret?: string | undefined;
	/** Whether `secret` is surely the one that deliveries are signed with now. */
	known: boolean;
}

/** Registers under a key, so that an interrupted run leaves one endpoint; a key whose endpoint is gone is used up. */
async function register(inputs: EndpointInputs, context: Context): Promise<Found> {
	const { urn, settings, heygen, signal, note } = context;
	const { url, events, entityId } = inputs;
	const wanted = [url, events === undefined ? null : [...events].sort(), entityId ?? null];
	let key = keyOf(["webhookEndpoint", urn, settings.keyScope, ...wanted]);
	for (let link = 0; link < LONGEST_CHAIN; link++, key = keyAfter(key)) {
		const body = { url, events, entity_id: entityId };
		const answer = await heygen()
			.createWebhookEndpoint(body, key, { signal })
			.catch((error: unknown) => explainConflict(error, url, context));
		const { endpoint } = answer;
		if (!isFromBefore(answer)) {
			const secret = endpoint.secret ?? undefined;
			return { endpoint, secret, known: secret !== undefined };
		}
		const now = await heygen().findWebhookEndpoint(endpoint.endpoint_id, { signal });
		if (now === undefined) continue;
		note(
			`Took over webhook endpoint ${endpoint.endpoint_id}, which an earlier run made, with a new secret: the one of ` +
				"that run may have been changed since.",
		);
		return { endpoint: await asWanted(now, inputs, context), known: false };
	}
	throw new Error(`${LONGEST_CHAIN} endpoints like this were deleted within 24 hours; run again tomorrow.`);
}

async function adopt(inputs: EndpointInputs, id: string, context: Context): Promise<Found> {
	const { heygen, signal, note } = context;
	const endpoint = await heygen().findWebhookEndpoint(id, { signal });
	if (endpoint === undefined) {
		throw new Error(
			`adoptEndpointId: the account of this API key has no webhook endpoint ${id}. Check the id, or leave ` +
				"adoptEndpointId out to register a new one.",
		);
	}
	note(`Webhook endpoint ${id} gets a new secret: HeyGen does not tell the one it had, which ends now.`);
	return { endpoint: await asWanted(endpoint, inputs, context), known: false };
}

async function asWanted(endpoint: WebhookEndpoint, inputs: EndpointInputs, context: Context) {
	const { events } = asHeyGenSays(endpoint, inputs);
	if (endpoint.url === inputs.url && sameEvents(events, inputs.events)) return endpoint;
	return setEvents(endpoint.endpoint_id, { url: inputs.url }, inputs.events, context);
}

/** Whether an answer tells of an endpoint that was there before the request was first sent. */
function isFromBefore({ endpoint, serverTime, tookMs }: CreatedEndpoint): boolean {
	const created = Date.parse(endpoint.created_at ?? "");
	if (Number.isNaN(created) || serverTime === undefined) return false;
	return created < serverTime - tookMs - SAME_REQUEST_MS;
}

async function explainConflict(error: unknown, url: string, { heygen, signal }: Context): Promise<never> {
	if (!(error instanceof HeyGenRefusal) || error.status !== 409) throw error;
	const others = (await heygen().listWebhookEndpoints({ signal })).filter((other) => other.url === url);
	const [other] = others;
	if (other === undefined) throw error;
	throw new Error(
		`HeyGen has a webhook endpoint for this URL already: ${others.map(({ endpoint_id }) => endpoint_id).join(", ")}. ` +
			`Set adoptEndpointId: "${other.endpoint_id}" to manage it here. (${error.message})`,
	);
}
