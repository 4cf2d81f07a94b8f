import type { Dispatcher } from "undici";
import { accountCalls } from "./account.ts";
import { assetCalls } from "./assets.ts";
import { createCalls } from "./calls.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { HeyGenRefusal } from "./errors.ts";
import { lookCalls } from "./looks.ts";
import { boundedAgent, createTransport } from "./transport.ts";
import { videoCalls } from "./videos.ts";
import { webhookEndpointCalls } from "./webhookEndpoints.ts";
import { webhookEventTypeCalls } from "./webhookEventTypes.ts";

export interface ClientOptions {
	apiKey: string;
	/** @default "https://api.heygen.com" */
	baseUrl?: string;
	/** Sent as `User-Agent`. @default "pulumi-heygen" */
	userAgent?: string;
	/** Time and chance. @default the system's */
	clock?: Clock;
	/** undici's connection pool. @default one of the client's own */
	dispatcher?: Dispatcher;
	/** Called with every answer that is not 2xx, whatever becomes of it. */
	onRefusal?: (refusal: HeyGenRefusal) => void;
}

export type HeyGenClient = ReturnType<typeof createClient>;

/**
 * HeyGen's API v3, as far as this package uses it. Every method throws a `HeyGenError`; a rejected `signal` ends calls
 * and waits at once with its reason.
 */
export function createClient(options: ClientOptions) {
	const clock = options.clock ?? systemClock;
	const baseUrl = (options.baseUrl ?? "https://api.heygen.com").replace(/\/+$/, "");
	const userAgent = options.userAgent ?? "pulumi-heygen";
	const { apiKey, dispatcher = boundedAgent(), onRefusal } = options;
	const transport = createTransport({ apiKey, baseUrl, userAgent, clock, dispatcher, onRefusal });
	const calls = createCalls(transport, clock);
	return {
		baseUrl,
		...videoCalls(calls),
		...lookCalls(calls),
		...accountCalls(calls),
		...assetCalls(calls, dispatcher),
		...webhookEventTypeCalls(calls),
		...webhookEndpointCalls(calls),
	};
}
