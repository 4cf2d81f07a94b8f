import { z } from "zod";
import { type CallOptions, type Calls, READ_LIMIT_MS, WRITE_LIMIT_MS } from "./calls.ts";
import { dataOf } from "./schemas/envelopes.ts";
import { type NewWebhookEndpoint, RotatedSecret, WebhookEndpoint } from "./schemas/webhookEndpoint.ts";

export interface CreatedEndpoint {
	/** With its signing secret, which no other call tells. */
	endpoint: WebhookEndpoint;
	/** The server's clock at its answer, unix milliseconds; undefined when it did not say. */
	serverTime: number | undefined;
	/** How long ago the first try was sent when the answer came, in milliseconds. */
	tookMs: number;
}

export function webhookEndpointCalls(calls: Calls) {
	return {
		/** Registers an endpoint. The same key within 24 hours answers with the first one, also when it is gone since. */
		async createWebhookEndpoint(
			body: NewWebhookEndpoint,
			idempotencyKey: string,
			how: CallOptions = {},
		): Promise<CreatedEndpoint> {
			const start = calls.clock.elapsed();
			const call = {
				method: "POST",
				path: ENDPOINTS,
				body,
				idempotencyKey,
				answer: dataOf(WebhookEndpoint),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			const { body: answer, serverTime } = await calls.send(call, true, how);
			return { endpoint: answer.data, serverTime, tookMs: calls.clock.elapsed() - start };
		},

		/** The endpoint of this id; undefined when no page of the list has it. */
		async findWebhookEndpoint(id: string, how: CallOptions = {}): Promise<WebhookEndpoint | undefined> {
			return (await listWebhookEndpoints(calls, how)).find(({ endpoint_id }) => endpoint_id === id);
		},

		/** All endpoints of the account, over all pages. */
		listWebhookEndpoints: (how: CallOptions = {}) => listWebhookEndpoints(calls, how),

		/** Changes what is given; `events` replaces the whole list. What null means there is not documented. */
		async updateWebhookEndpoint(
			id: string,
			body: { url?: string; events?: readonly string[] | null },
			how: CallOptions = {},
		): Promise<WebhookEndpoint> {
			const call = {
				method: "PATCH",
				path: endpointPath(id),
				body,
				answer: dataOf(WebhookEndpoint),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			return (await calls.send(call, true, how)).body.data;
		},

		/** Makes a new signing secret; the old one ends at once. The same key answers with the same secret. */
		async rotateWebhookSecret(id: string, idempotencyKey: string, how: CallOptions = {}): Promise<string> {
			const call = {
				method: "POST",
				path: `${endpointPath(id)}/rotate-secret`,
				idempotencyKey,
				answer: dataOf(RotatedSecret),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			return (await calls.send(call, true, how)).body.data.secret;
		},

		/** A second call answers 404. */
		async deleteWebhookEndpoint(id: string, how: CallOptions = {}): Promise<void> {
			const call = { method: "DELETE", path: endpointPath(id), answer: z.unknown() } as const;
			await calls.send({ ...call, timeLimitMs: READ_LIMIT_MS }, true, how);
		},
	};
}

const ENDPOINTS = "/v3/webhooks/endpoints";

const endpointPath = (id: string) => `${ENDPOINTS}/${encodeURIComponent(id)}`;

const listWebhookEndpoints = (calls: Calls, how: CallOptions) =>
	calls.pages(ENDPOINTS, WebhookEndpoint, { limit: "100" }, how);
