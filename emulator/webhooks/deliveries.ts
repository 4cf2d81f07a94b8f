import type { EmulatorClock } from "../clock.ts";
import type { DeliveryTable, StoredDelivery } from "./deliveryTable.ts";
import type { EndpointTable } from "./endpointTable.ts";
import type { EventTable, StoredEvent } from "./eventTable.ts";
import { payloadOf, type Teller } from "./payload.ts";
import { poster, signatureHeaders } from "./poster.ts";

const FIRST_RETRY_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 20;

/** Where deliveries find what they need. */
export interface Tables {
	readonly endpoints: EndpointTable;
	readonly events: EventTable;
	readonly deliveries: DeliveryTable;
}

/** Posts what is due to its receivers, and tries again until a receiver answers 2xx or a day has passed. */
export interface Deliveries {
	/** Starts what is due and not on its way. */
	sendDue(): void;
	/** When to send again; undefined when nothing waits, or when the end of a try comes first. */
	nextDueMs(): number | undefined;
	/** Breaks off what is on its way: it stays due. */
	close(): Promise<void>;
}

/** Who is told about each try. */
export interface Listener {
	ended(): void;
	/** It is not known, or could not be kept, what came of it: it stays due. */
	failed(error: unknown): void;
}

/** `base` gives the emulator's address. */
export function deliveries(
	{ endpoints, events, deliveries: table }: Tables,
	teller: Teller,
	clock: EmulatorClock,
	base: () => string,
	{ ended, failed }: Listener,
): Deliveries {
	const { settings, store } = teller;
	const onTheirWay = new Map<number, Promise<void>>();
	const { post, close } = poster();
	let closed = false;

	const send = async (seq: number): Promise<void> => {
		const delivery = table.find(seq);
		const event = delivery && events.find(delivery.eventId);
		const receiver = delivery && receiverOf(delivery);
		if (closed || !event || !receiver) return;
		const { body, headers } = messageOf(event, receiver.secret);
		const atMs = clock.now();
		const outcome = await post(receiver.url, body, headers, settings.webhookTimeoutSeconds);
		const attempt = delivery.attempts + 1;
		const done = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
		const nextMs = done ? null : retryMs(delivery, attempt, clock.now());
		const { eventId, endpointId } = delivery;
		store.transaction(() =>
			table.attempted(seq, { eventId, endpointId, url: receiver.url, ...outcome, attempt, atMs, nextMs }),
		);
	};

	const deliver = async (seq: number): Promise<void> => {
		const problem = await send(seq).then(
			() => undefined,
			(error: unknown) => ({ error }),
		);
		onTheirWay.delete(seq);
		if (closed) return;
		if (problem) failed(problem.error);
		else ended();
	};

	const receiverOf = ({ endpointId, callbackUrl }: StoredDelivery) =>
		endpointId === null
			? { url: callbackUrl ?? "", secret: undefined }
			: (endpoints.find(endpointId) ?? undefined);

	const messageOf = (event: StoredEvent, secret: string | undefined) => {
		const body = JSON.stringify(payloadOf(event, teller, base()));
		const headers = {
			"Heygen-Timestamp": String(Math.floor(clock.now() / 1000)),
			"Heygen-Event-Id": event.id,
			...(secret === undefined ? {} : signatureHeaders(body, secret, settings)),
		};
		return { body, headers };
	};

	/** The earliest that are not on their way: as many as could be, at most. */
	const next = () => table.waiting(2 * AT_ONCE).filter(({ seq }) => !onTheirWay.has(seq));

	return {
		sendDue() {
			const now = clock.now();
			for (const { seq, dueMs } of next()) {
				if (dueMs > now || closed || onTheirWay.size >= AT_ONCE) break;
				onTheirWay.set(seq, deliver(seq));
			}
		},
		nextDueMs: () => (onTheirWay.size >= AT_ONCE ? undefined : next()[0]?.dueMs),
		async close() {
			closed = true;
			await close();
			await Promise.all(onTheirWay.values());
		},
	};
}

/** When to try again after so many attempts: 30 seconds, twice as long each time; null when a day has passed by then. */
function retryMs({ firstMs }: StoredDelivery, attempts: number, nowMs: number): number | null {
	const at = nowMs + FIRST_RETRY_MS * 2 ** (attempts - 1);
	return at > firstMs + DAY_MS ? null : at;
}
