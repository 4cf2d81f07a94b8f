import { HeyGenError } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { CreatedEndpoint } from "../../heygen/webhookEndpoints.ts";
import { keyAfter, keyOf, LONGEST_CHAIN } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { findEndpoint } from "./account.ts";
import { bringInLine, newSecret } from "./change.ts";
import { eventsOf } from "./events.ts";
import { noClearAnswer, othersNote, refusal } from "./failures.ts";
import type { EndpointInputs } from "./inputs.ts";
import { createdAt } from "./state.ts";

/** How far an endpoint's creation may lie before the request's first try and still be its own, in milliseconds. */
const SAME_REQUEST_MS = 5_000;
/** For how long an endpoint that was just registered may be missing from the list, in milliseconds. */
const GRACE_MS = 10_000;
const GRACE_STEP_MS = 2_000;

/** An endpoint, and the secret that its deliveries are signed with from now on. */
export interface Registered {
	endpoint: WebhookEndpoint;
	secret: string;
}

/**
 * Registers an endpoint under a key of this resource and its request, so that a repeated run leaves one endpoint. HeyGen
 * replays the first answer for 24 hours, whatever happened since: an endpoint that is gone leads to the next key, and
 * one that was there before gets a new secret, because the one in the answer may have ended.
 */
export async function register(inputs: EndpointInputs, context: Context): Promise<Registered> {
	let key = endpointKey(inputs, context);
	for (let link = 0; link < LONGEST_CHAIN; link++) {
		const answer = await ask(inputs, key, context);
		const { endpoint_id: id, secret } = answer.endpoint;
		if (isFromBefore(answer)) {
			const found = await findEndpoint(id, context);
			if (found !== undefined) return takeOverAgain(found, inputs, context);
		} else {
			const all = await listWith(id, context);
			if (all !== undefined) {
				tellOfOthers(all, answer.endpoint, context);
				return { endpoint: answer.endpoint, secret: secret ?? (await newSecret(id, context)) };
			}
		}
		context.report("an earlier endpoint of this request is deleted: registering anew");
		key = keyAfter(key);
	}
	throw new Error(
		`${LONGEST_CHAIN} webhook endpoints of this same request were deleted within 24 hours, so none was registered. ` +
			"Run `pulumi up` again tomorrow, or set heygen:keyScope to a new value.",
	);
}

/** Makes an endpoint that exists the resource's: as it is wanted, and with a secret that is known. */
export async function takeOver(
	endpoint: WebhookEndpoint,
	inputs: EndpointInputs,
	context: Context,
): Promise<Registered> {
	const { endpoint_id: id, url } = endpoint;
	const from = { url, events: await eventsOf(endpoint, inputs.events, context) };
	const changed = await bringInLine(id, from, { url: inputs.url, events: inputs.events }, context);
	return { endpoint: changed ?? endpoint, secret: await newSecret(id, context) };
}

async function takeOverAgain(endpoint: WebhookEndpoint, inputs: EndpointInputs, context: Context) {
	const taken = await takeOver(endpoint, inputs, context);
	context.note(
		`Took over webhook endpoint ${endpoint.endpoint_id}, which an earlier run registered, with a new secret: the ` +
			"one that it began with may have ended. Hand the new one to whoever verifies deliveries.",
	);
	return taken;
}

/** The `Idempotency-Key` of an endpoint: the same whenever the same resource asks for the same one. */
function endpointKey({ url, events, entityId }: EndpointInputs, { urn, settings }: Context): string {
	const request = [url, events === undefined ? null : [...events].sort(), entityId ?? null];
	return keyOf(["webhookEndpoint", urn, settings.keyScope, ...request]);
}

async function ask({ url, events, entityId }: EndpointInputs, key: string, context: Context) {
	const { heygen, signal } = context;
	const body = {
		url,
		...(events === undefined ? {} : { events }),
		...(entityId === undefined ? {} : { entity_id: entityId }),
	};
	try {
		return await heygen().createWebhookEndpoint(body, key, { signal });
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		throw (await refusal(error, url, context)) ?? noClearAnswer(error);
	}
}

/** Both times are of the server's clock. */
function isFromBefore({ endpoint, serverTime, tookMs }: CreatedEndpoint): boolean {
	const created = createdAt(endpoint);
	if (created === undefined || serverTime === undefined) return false;
	return created < serverTime - tookMs - SAME_REQUEST_MS;
}

/** The list, once it holds a new endpoint; undefined when that does not come about. None where it cannot be read. */
async function listWith(id: string, { heygen, clock, signal }: Context) {
	const start = clock.elapsed();
	for (;;) {
		try {
			const all = await heygen().listWebhookEndpoints({ signal });
			if (all.some(({ endpoint_id }) => endpoint_id === id)) return all;
		} catch (error) {
			if (!(error instanceof HeyGenError)) throw error;
			return [];
		}
		if (clock.elapsed() - start >= GRACE_MS) return undefined;
		await clock.sleep(GRACE_STEP_MS, signal);
	}
}

/** An endpoint of an interrupted run is found again for 24 hours. After that it is a duplicate that nobody knows of. */
function tellOfOthers(
	all: readonly WebhookEndpoint[],
	own: WebhookEndpoint,
	{ urn, renders, note }: Context,
) {
	const { resources } = renders;
	const isKnown = (id: string) =>
		id === own.endpoint_id || resources.isLive(id) || resources.seen(urn)?.id === id;
	const others = all.filter(({ endpoint_id, url }) => url === own.url && !isKnown(endpoint_id));
	if (others.length > 0) note(othersNote(others));
}
