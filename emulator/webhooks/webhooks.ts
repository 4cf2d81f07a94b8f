import { randomBytes } from "node:crypto";
import type { EmulatorClock } from "../clock.ts";
import { ApiError } from "../errors.ts";
import { endMs, type StoredVideo, type Timing } from "../video.ts";
import { deliveries, type Tables } from "./deliveries.ts";
import { deliveryTable } from "./deliveryTable.ts";
import { endpointTable, type StoredEndpoint } from "./endpointTable.ts";
import { eventTable, type StoredEvent } from "./eventTable.ts";
import type { Teller } from "./payload.ts";
import { wakeUp } from "./wakeUp.ts";

/** The webhook endpoints of all accounts, the events, and their way to the endpoints. */
export interface Webhooks extends Tables {
	/** Throws the API's 404 when the account has no such endpoint. */
	find(username: string, id: string): StoredEndpoint;
	/** Removes the endpoint, and gives up what still waits for it. */
	remove(id: string): void;
	/** Makes the video's end an event when its time comes. To be called in the transaction that keeps the video. */
	expectEnd(video: Timing & Pick<StoredVideo, "id">): void;
	/**
	 * Makes events of what has ended by now, starts what is due, and waits for the next moment. Never throws.
	 * To be called before endpoints change: events concern those that are there.
	 */
	settle(): void;
	/** Stores an event that happens now, and sends it. Gives its id. */
	send(username: string, type: string, data: object): string;
	/** Sends an event again to the endpoints that it concerns now, and to its callback. False when there is none. */
	resend(eventId: string): boolean;
	/** Nothing is sent before. `url` is the emulator's own. */
	start(url: string): void;
	close(): Promise<void>;
}

export function webhooks(teller: Teller, clock: EmulatorClock): Webhooks {
	const { store } = teller;
	const endpoints = endpointTable(store.database);
	const events = eventTable(store.database);
	const table = deliveryTable(store.database);
	const tables: Tables = { endpoints, events, deliveries: table };
	let base: string | undefined;

	const settle = () => {
		if (base === undefined) return;
		try {
			const ended = events.ended(clock.now());
			if (ended.length > 0) store.transaction(() => ended.forEach(makeEvent));
			courier.sendDue();
			timer.plan();
		} catch (error) {
			pause(error);
		}
	};
	/** A disk that is full, say, ends neither the process nor the request that came across it. */
	const pause = (error: unknown) => {
		process.emitWarning(`The emulator's webhooks wait for 30 seconds: ${error}`);
		timer.pause();
	};
	const nextMs = () => {
		const moments = [events.nextEndMs(), courier.nextDueMs()].filter((ms) => ms !== undefined);
		return moments.length > 0 ? Math.min(...moments) : undefined;
	};
	const courier = deliveries(tables, teller, clock, () => base ?? "", { ended: settle, failed: pause });
	const timer = wakeUp(nextMs, () => clock.now(), settle);

	/** A video that was deleted before its end has no event. */
	const makeEvent = (videoId: string) => {
		events.forgetEnd(videoId);
		const video = store.video(videoId);
		if (!video || (video.deletedMs !== null && video.deletedMs < endMs(video))) return;
		const type = video.failure ? "avatar_video.fail" : "avatar_video.success";
		const { username } = video;
		const createdMs = endMs(video);
		keep({ id: newEventId(), username, type, entityId: videoId, videoId, data: null, createdMs });
	};
	const keep = (event: Omit<StoredEvent, "seq">) => {
		events.insert(event);
		address(event, event.createdMs);
	};
	const address = (event: Omit<StoredEvent, "seq">, atMs: number) => {
		const concerned = endpoints.list(event.username).reverse();
		for (const endpoint of concerned) {
			if (!concerns(event, endpoint)) continue;
			table.add({ eventId: event.id, endpointId: endpoint.id, callbackUrl: null, firstMs: atMs });
		}
		const callbackUrl = event.videoId === null ? null : store.video(event.videoId)?.body.callback_url;
		if (callbackUrl) table.add({ eventId: event.id, endpointId: null, callbackUrl, firstMs: atMs });
	};

	return {
		...tables,
		find(username, id) {
			const endpoint = endpoints.find(id);
			if (endpoint?.username === username) return endpoint;
			throw new ApiError(404, "webhook_not_found", `Webhook endpoint ${id} not found`);
		},
		remove(id) {
			store.transaction(() => {
				endpoints.delete(id);
				table.drop({ endpointId: id });
			});
		},
		expectEnd: (video) => events.expectEnd(video.id, endMs(video)),
		settle,
		send(username, type, data) {
			const id = newEventId();
			const entity: unknown = Reflect.get(data, "video_id");
			const entityId = typeof entity === "string" ? entity : null;
			const createdMs = clock.now();
			store.transaction(() => keep({ id, username, type, entityId, videoId: null, data, createdMs }));
			settle();
			return id;
		},
		resend(eventId) {
			const event = events.find(eventId);
			if (!event) return false;
			store.transaction(() => {
				table.drop({ eventId });
				address(event, clock.now());
			});
			settle();
			return true;
		},
		start(url) {
			base = url;
			settle();
		},
		async close() {
			base = undefined;
			timer.close();
			await courier.close();
		},
	};
}

function concerns(
	event: Pick<StoredEvent, "type" | "entityId">,
	endpoint: Pick<StoredEndpoint, "events" | "entityId">,
): boolean {
	if (endpoint.entityId !== null && endpoint.entityId !== event.entityId) return false;
	return endpoint.events === null || endpoint.events.includes(event.type);
}

const newEventId = () => `evt-${randomBytes(16).toString("hex")}`;

export const newSecret = () => `whsec_${randomBytes(24).toString("base64url")}`;
