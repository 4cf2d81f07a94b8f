import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Emulator } from "../../emulator/index.ts";
import { at, clientOf } from "./support.ts";

export const ENDPOINTS = "/v3/webhooks/endpoints";

/** A POST as a receiver got it. */
export interface Received {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	/** The body's bytes as text. */
	readonly text: string;
	readonly body: unknown;
}

export interface Receiver {
	/** Without a slash at the end. */
	readonly url: string;
	readonly received: Received[];
	/** What it answers: a status, or null for nothing at all. 200 to begin with. */
	answer: number | null;
	/** Waits until it has got so many. */
	got(count: number): Promise<Received[]>;
}

/** Receivers that are closed after each test. To be called in a `describe`. */
export function receivers(): () => Promise<Receiver> {
	const open: Server[] = [];
	afterEach(() => {
		for (const server of open.splice(0)) {
			server.close();
			server.closeAllConnections();
		}
	});
	return async () => {
		const received: Received[] = [];
		const server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk);
			const text = Buffer.concat(chunks).toString();
			received.push({
				path: request.url ?? "",
				headers: request.headers,
				text,
				body: text && JSON.parse(text),
			});
			if (receiver.answer === null) return;
			response.writeHead(receiver.answer, { location: "/elsewhere" }).end("noted");
		});
		open.push(server);
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const receiver: Receiver = {
			url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			received,
			answer: 200,
			async got(count) {
				await until(() => received.length >= count);
				assert.equal(received.length, count);
				return received;
			},
		};
		return receiver;
	};
}

/** Waits until it is so. Fails after 15 seconds. */
export async function until(holds: () => boolean): Promise<void> {
	for (let waited = 0; !holds(); waited += 5) {
		assert(waited < 15_000, `it has not come to ${holds}`);
		await delay(5);
	}
}

/** The user of an account, and a shorthand for what these tests do all the time. */
export function userOf(emulator: Emulator, apiKey = emulator.apiKey) {
	const client = clientOf({ url: emulator.url, apiKey });
	return {
		...client,
		async register(url: string, changes: object = {}) {
			const { body } = await client.call("POST", ENDPOINTS, { url, ...changes });
			const id = at(body, "data", "endpoint_id");
			const secret = at(body, "data", "secret");
			assert(typeof id === "string" && typeof secret === "string", JSON.stringify(body));
			return { id, secret, path: `${ENDPOINTS}/${id}` };
		},
		async events(query = "") {
			const { body } = await client.get(`/v3/webhooks/events${query}`);
			const data = at(body, "data");
			assert(Array.isArray(data), JSON.stringify(body));
			return data;
		},
	};
}

/** Waits until so many deliveries were tried. */
export function tried({ control }: Emulator, count: number): Promise<void> {
	return until(() => control.webhookDeliveries().length >= count);
}

/** What the signature of a body has to be. */
export function signed(text: string, secret: string): string {
	return createHmac("sha256", secret).update(text).digest("hex");
}

/** The ids of the events that a receiver was told, in the order of the deliveries. */
export function eventIdsAt({ received }: Receiver): unknown[] {
	return received.map(({ headers }) => headers["heygen-event-id"]);
}
