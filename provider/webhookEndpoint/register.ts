import { HeyGenError, isNotFound } from "../../heygen/errors.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { CreatedEndpoint } from "../../heygen/webhookEndpoints.ts";
import { keyAfter, keyOf, LONGEST_CHAIN } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { findEndpoint } from "./account.ts";
import { bringInLine, newSecret } from "./change.ts";
import { eventsOf, sameEvents } from "./events.ts";
import { noClearAnswer, othersNote, refusal } from "./failures.ts";
import type { EndpointInputs } from "./inputs.ts";
import { createdAt, sameUrl } from "./state.ts";

/** How far an endpoint's creation may lie before the request's first try and still be its own, in milliseconds. */
const SAME_REQUEST_MS = 5_000;

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
		const registered = await registeredBy(await ask(inputs, key, context), inputs, context);
		if (registered !== undefined) return registered;
		context.report("an earlier endpoint of this request is deleted, or another resource's: registering anew");
		key = keyAfter(key);
	}
	throw new Error(
		`${LONGEST_CHAIN} webhook endpoints of this same request were deleted within 24 hours, so none was registered. ` +
			"Run `pulumi up` again tomorrow, or set heygen:keyScope to a new value.",
	);
}

/**
 * The endpoint of an answer; undefined when it is gone, or another resource's: one that was renamed, while this one has
 * its old name.
 */
async function registeredBy(
	answer: CreatedEndpoint,
	inputs: EndpointInputs,
	context: Context,
): Promise<Registered | undefined> {
	const { endpoint } = answer;
	const { endpoint_id: id } = endpoint;
	if (context.renders.resources.otherHolder(id, context.urn) !== undefined) return undefined;
	const age = ageOf(answer);
	if (age === "before" || !isAsked(endpoint, inputs)) {
		const found = await findEndpoint(id, context);
		return found && takeOverAgain(found, inputs, context);
	}
	const all = await list(context);
	const isListed = all.some(({ endpoint_id }) => endpoint_id === id);
	if (!isListed && !(await isThere(endpoint, context))) return undefined;
	tellOfOthers(all, endpoint, context);
	const secret = age === "own" ? endpoint.secret : undefined;
	return { endpoint, secret: secret ?? (await newSecret(id, context)) };
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

/**
 * The `Idempotency-Key` of an endpoint. Not of its URL and events, which can be changed in place: when they are edited
 * after a run that was interrupted, the next one finds what that run has registered and brings it in line.
 */
function endpointKey({ entityId }: EndpointInputs, { urn, settings }: Context): string {
	return keyOf(["webhookEndpoint", urn, settings.keyScope, entityId ?? null]);
}

/** Whether an answer tells of an endpoint as it was asked for, not of one that the key stood for before. */
function isAsked({ url, events }: WebhookEndpoint, inputs: EndpointInputs): boolean {
	return sameUrl(url, inputs.url) && (!inputs.events || sameEvents(events ?? undefined, inputs.events));
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

/**
 * Whether the endpoint was there before this request; both times are of the server's clock. Where it does not tell, the
 * secret in the answer may have ended, too.
 */
function ageOf({ endpoint, serverTime, tookMs }: CreatedEndpoint): "before" | "unclear" | "own" {
	const created = createdAt(endpoint);
	if (created === undefined || serverTime === undefined) return "unclear";
	return created < serverTime - tookMs - SAME_REQUEST_MS ? "before" : "own";
}

/** None where the list cannot be read. */
async function list({ heygen, signal }: Context): Promise<readonly WebhookEndpoint[]> {
	return heygen()
		.listWebhookEndpoints({ signal })
		.catch((error: unknown) => {
			if (!(error instanceof HeyGenError)) throw error;
			return [];
		});
}

/** Whether a new endpoint is there that the list does not show: a change to what it is already asks for it alone. */
async function isThere({ endpoint_id, url }: WebhookEndpoint, { heygen, signal }: Context): Promise<boolean> {
	try {
		await heygen().updateWebhookEndpoint(endpoint_id, { url }, { signal });
		return true;
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		return !isNotFound(error);
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
	const others = all.filter(({ endpoint_id, url }) => sameUrl(url, own.url) && !isKnown(endpoint_id));
	if (others.length > 0) note(othersNote(others));
}
