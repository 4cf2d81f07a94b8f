import { isoDate } from "../../heygen/dates.ts";
import type { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import type { Values } from "../lifecycle.ts";

/** Raised when what the state holds changes its meaning; later versions read all earlier ones. */
export const STATE_VERSION = 1;

/** The inputs as they are in force, and what HeyGen says beside them. */
export type EndpointState = Values & {
	stateVersion: number;
	/** What deliveries are signed with; undefined when it is not known and has to be made anew. */
	secret?: string | undefined;
	/** HeyGen's word, or `gone`: deleted there before it could be changed. */
	status?: string | undefined;
	/** The user name of the HeyGen account that holds the endpoint. */
	account: string;
};

/** What HeyGen says of an endpoint that is no input. */
export function told(endpoint: WebhookEndpoint) {
	return { status: endpoint.status ?? undefined, createdAt: isoDate(createdAt(endpoint)) };
}

/** When an endpoint was registered, in unix milliseconds; undefined when HeyGen does not say. */
export function createdAt({ created_at: text }: WebhookEndpoint): number | undefined {
	if (typeof text === "number") return text * 1_000;
	// A date without a zone is HeyGen's, in UTC, and not one of this machine's.
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text ?? "") ? text : `${text}Z`;
	const time = Date.parse(zoned ?? "");
	return Number.isNaN(time) ? undefined : time;
}

/** Whether two URLs are the same one: HeyGen may spell it in its plain form. */
export function sameUrl(a: unknown, b: unknown): boolean {
	return a === b || (typeof a === "string" && typeof b === "string" && plain(a) === plain(b));
}

const plain = (url: string) => URL.parse(url)?.href ?? url;
