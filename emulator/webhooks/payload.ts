import { fileLink } from "../files.ts";
import { isoSeconds } from "../http.ts";
import type { Links } from "../links.ts";
import type { EmulatorSettings } from "../options.ts";
import type { Store } from "../store.ts";
import type { StoredVideo } from "../video.ts";
import type { StoredEvent } from "./eventTable.ts";

/** What an event is told with. */
export interface Teller {
	readonly store: Store;
	readonly links: Links;
	readonly settings: EmulatorSettings;
}

/** An event as receivers and `GET /v3/webhooks/events` are told it; links are made for this telling, on `base`. */
export function payloadOf(event: StoredEvent, teller: Teller, base: string) {
	const video = event.videoId === null ? undefined : teller.store.video(event.videoId);
	return {
		event_id: event.id,
		event_type: event.type,
		created_at: isoSeconds(event.createdMs),
		event_data: video ? videoData(video, teller, base) : (event.data ?? {}),
	};
}

function videoData(video: StoredVideo, teller: Teller, base: string) {
	const { id, failure, body } = video;
	const callback_id = body.callback_id ?? null;
	if (failure) {
		const { code, message } = failure;
		return { video_id: id, msg: message, callback_id, failure_code: code, failure_message: message };
	}
	return {
		video_id: id,
		url: base + fileLink(teller, id, "video.mp4"),
		gif_download_url: base + fileLink(teller, id, "preview.gif"),
		video_page_url: `${base}/videos/${id}`,
		video_share_page_url: null,
		folder_id: null,
		callback_id,
	};
}
