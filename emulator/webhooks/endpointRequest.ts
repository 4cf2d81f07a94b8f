import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { invalidParameter } from "../errors.ts";
import { checked } from "../http.ts";
import type { EmulatorSettings } from "../options.ts";
import { isEventType } from "./eventTypes.ts";

const PRIVATE = new BlockList();
for (const [network, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.168.0.0", 16],
] as const) {
	PRIVATE.addSubnet(network, bits, "ipv4");
}
PRIVATE.addAddress("::", "ipv6");
PRIVATE.addSubnet("fc00::", 7, "ipv6");
PRIVATE.addSubnet("fe80::", 10, "ipv6");

const url = z
	.string()
	.refine(isReachable, "must be a public https:// address (http:// only for this machine)");
const events = z.array(z.string().min(1)).min(1, "must name at least one event type, or be null for all");

const NewEndpoint = z.strictObject({
	url,
	events: events.nullish(),
	entity_id: z.string().min(1).nullish(),
});
const EndpointChanges = z.strictObject({ url: url.nullish(), events: events.nullish() });

/** The body of a create. Throws the API's 400 with the field at fault in `param`. */
export function acceptNew(body: unknown, settings: EmulatorSettings): z.infer<typeof NewEndpoint> {
	const request = checked(NewEndpoint, body);
	checkTypes(request.events, settings);
	return request;
}

/** The body of a change. Throws the API's 400 with the field at fault in `param`. */
export function acceptChanges(body: unknown, settings: EmulatorSettings): z.infer<typeof EndpointChanges> {
	const changes = checked(EndpointChanges, body);
	checkTypes(changes.events, settings);
	return changes;
}

function checkTypes(events: readonly string[] | null | undefined, settings: EmulatorSettings): void {
	const unknown = events?.find((word) => !mayBeNamed(word, settings));
	if (unknown === undefined) return;
	throw invalidParameter(
		`events: ${unknown} is not a type of event; see GET /v3/webhooks/event-types`,
		"events",
	);
}

/** Whether requests may name this type of event. */
export function mayBeNamed(word: string, { webhookEventTypes }: EmulatorSettings): boolean {
	return webhookEventTypes === "any" || isEventType(word);
}

/** What HeyGen could reach, and besides that receivers on the emulator's own machine. */
function isReachable(text: string): boolean {
	const parsed = URL.parse(text);
	if (parsed === null || parsed.username !== "" || parsed.password !== "") return false;
	const host = parsed.hostname.replace(/^\[|\]$/g, "");
	if (isLoopback(host)) return parsed.protocol === "https:" || parsed.protocol === "http:";
	return parsed.protocol === "https:" && isPublic(host);
}

function isLoopback(host: string): boolean {
	return host === "::1" || /^(.+\.)?localhost$/.test(host) || (isIP(host) === 4 && host.startsWith("127."));
}

function isPublic(host: string): boolean {
	const kind = isIP(host);
	if (kind === 0) return host.includes(".");
	return !PRIVATE.check(host, kind === 4 ? "ipv4" : "ipv6");
}
