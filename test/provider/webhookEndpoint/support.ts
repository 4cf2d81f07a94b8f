import assert from "node:assert/strict";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import type { Saved, Values } from "../../../provider/lifecycle.ts";
import type { EndpointState } from "../../../provider/webhookEndpoint/state.ts";
import { fastClock } from "../../support/clock.ts";
import { type TestContext, testContext } from "../../support/context.ts";

export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:WebhookEndpoint::renders";
export const INPUTS: Values = { url: "https://hooks.example.com/heygen", events: ["avatar_video.success"] };
const ENDPOINTS = "/v3/webhooks/endpoints";

export interface Service {
	emulator: Emulator;
	/** A run of the engine: what it learns is forgotten with the next one. */
	run(apiKey?: string): TestContext;
	/** Registers an endpoint as someone else would. */
	byHand(body?: object): Promise<string>;
	/** What has been asked of the endpoints, as `POST /v3/…/{id}`. */
	calls(): string[];
	/** Fails the test unless the state's secret is the one that deliveries are signed with. */
	assertLive(saved: Saved<EndpointState>): Promise<void>;
}

/** A fresh emulator before each test of the block, gone after it. Waits pass at once. */
export function service(options: EmulatorOptions = {}): Service {
	const at = {
		run: (apiKey = at.emulator.apiKey) =>
			testContext({ urn: URN, baseUrl: at.emulator.url, apiKey, clock: fastClock() }),

		async byHand(body: object = INPUTS) {
			return (await post(ENDPOINTS, undefined, body)).endpoint_id;
		},

		calls: () =>
			at.emulator.control
				.requests()
				.filter(({ path, method }) => path.startsWith(ENDPOINTS) && method !== "GET")
				.map(({ method, route }) => `${method} ${route}`),

		async assertLive({ id, state }: Saved<EndpointState>) {
			const all = at.emulator.control.requests();
			const rotations = all.filter(({ path }) => path === `${ENDPOINTS}/${id}/rotate-secret`);
			const first = all.find(({ method, path }) => method === "POST" && path === ENDPOINTS);
			const last = rotations.at(-1) ?? first;
			assert.ok(last?.idempotencyKey);
			// The answer that this key had is replayed: nothing is changed by asking for it.
			assert.equal(state.secret, (await post(last.path, last.idempotencyKey)).secret);
		},
	} as Service;

	async function post(path: string, key?: string, body: object = {}) {
		const headers = { "x-api-key": at.emulator.apiKey, "content-type": "application/json" };
		const response = await fetch(`${at.emulator.url}${path}`, {
			method: "POST",
			headers: key === undefined ? headers : { ...headers, "idempotency-key": key },
			body: JSON.stringify(body),
		});
		const { data } = (await response.json()) as { data: { endpoint_id: string; secret: string } };
		return data;
	}

	beforeEach(async () => {
		at.emulator = await startEmulator(options);
	});
	afterEach(() => at.emulator?.close());
	return at;
}
