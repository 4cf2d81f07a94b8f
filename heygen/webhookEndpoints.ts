import { allOf, type CallOptions, type Calls, pathOf, READ_LIMIT_MS, WRITE_LIMIT_MS } from "./calls.ts";
import { dataOf, NothingToTell } from "./schemas/envelopes.ts";
import { NewWebhookEndpoint, RotatedSecret, WebhookEndpoint } from "./schemas/webhookEndpoint.ts";

export interface CreatedEndpoint {
	/** With its signing secret. */
	endpoint: WebhookEndpoint;
	/** The server's clock at its answer, unix milliseconds; undefined when it did not say. */
	serverTime: number | undefined;
	/** How long ago the first try was sent when the answer came, in milliseconds. */
	tookMs: number;
}

/** What of an endpoint can be changed. `events` replaces the whole list; what HeyGen takes null for is not documented. */
export interface EndpointChange {
	url?: string;
	events?: readonly string[] | null;
}

export function webhookEndpointCalls(calls: Calls) {
	return {
		/**
		 * Registers an endpoint. The same key within 24 hours answers with the first one and the secret that it had then,
		 * also when it is deleted or its secret replaced since.
		 */
		async createWebhookEndpoint(
			body: NewWebhookEndpoint,
			idempotencyKey: string,
			how: CallOptions = {},
		): Promise<CreatedEndpoint> {
			const start = calls.clock.elapsed();
			const call = {
				method: "POST",
				path: ENDPOINTS,
				body: NewWebhookEndpoint.parse(body),
				idempotencyKey,
				answer: dataOf(WebhookEndpoint),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			const { body: answer, serverTime } = await calls.send(call, true, how);
			return { endpoint: answer.data, serverTime, tookMs: calls.clock.elapsed() - start };
		},

		/** All endpoints of the account, over all pages, without their secrets. */
		listWebhookEndpoints(how: CallOptions = {}): Promise<WebhookEndpoint[]> {
			return allOf(calls.items(ENDPOINTS, WebhookEndpoint, PAGE, how));
		},

		/** The endpoint of this id, without its secret; undefined when all pages of the list were seen and none shows it. */
		async findWebhookEndpoint(
			endpointId: string,
			how: CallOptions = {},
		): Promise<WebhookEndpoint | undefined> {
			for await (const endpoint of calls.items(ENDPOINTS, WebhookEndpoint, PAGE, how)) {
				if (endpoint.endpoint_id === endpointId) return endpoint;
			}
			return undefined;
		},

		async updateWebhookEndpoint(
			endpointId: string,
			change: EndpointChange,
			how: CallOptions = {},
		): Promise<WebhookEndpoint> {
			const call = { method: "PATCH", path: endpointPath(endpointId), body: change } as const;
			const answer = dataOf(WebhookEndpoint);
			return (await calls.send({ ...call, answer, timeLimitMs: WRITE_LIMIT_MS }, true, how)).body.data;
		},

		/** Makes a new signing secret; the old one ends at once. The same key within 24 hours answers with the same secret. */
		async rotateWebhookSecret(
			endpointId: string,
			idempotencyKey: string,
			how: CallOptions = {},
		): Promise<string> {
			const call = {
				method: "POST",
				path: `${endpointPath(endpointId)}/rotate-secret`,
				idempotencyKey,
				answer: dataOf(RotatedSecret),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			return (await calls.send(call, true, how)).body.data.secret;
		},

		/** Deletes an endpoint for good. A second call answers 404. */
		async deleteWebhookEndpoint(endpointId: string, how: CallOptions = {}): Promise<void> {
			const call = { method: "DELETE", path: endpointPath(endpointId), answer: NothingToTell } as const;
			await calls.send({ ...call, timeLimitMs: READ_LIMIT_MS }, true, how);
		},
	};
}

const ENDPOINTS = "/v3/webhooks/endpoints";
const PAGE = { limit: "100" };

const endpointPath = (endpointId: string) => pathOf(ENDPOINTS, endpointId);
