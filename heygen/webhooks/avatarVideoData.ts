import { NotAnEvent } from "./errors.ts";
import type { AvatarVideoFailData, AvatarVideoSuccessData } from "./events.ts";
import { type Fields, isFields, textOf } from "./fields.ts";

/** Throws `NotAnEvent` when no video is named. */
export function avatarVideoSuccessData(data: Fields): AvatarVideoSuccessData {
	return {
		videoId: videoIdOf(data),
		url: textOf(data, "url"),
		gifDownloadUrl: textOf(data, "gif_download_url"),
		videoPageUrl: textOf(data, "video_page_url"),
		videoSharePageUrl: textOf(data, "video_share_page_url"),
		folderId: textOf(data, "folder_id"),
		callbackId: textOf(data, "callback_id"),
	};
}

/** HeyGen does not document the fields of a failure; these are the ones seen. Throws `NotAnEvent` when no video is named. */
export function avatarVideoFailData(data: Fields): AvatarVideoFailData {
	const error = isFields(data["error"]) ? data["error"] : {};
	return {
		videoId: videoIdOf(data),
		code: textOf(data, "failure_code") ?? textOf(error, "code"),
		message:
			textOf(data, "failure_message") ??
			textOf(data, "msg") ??
			textOf(data, "error") ??
			textOf(error, "message"),
		callbackId: textOf(data, "callback_id"),
	};
}

function videoIdOf(data: Fields): string {
	const videoId = textOf(data, "video_id");
	if (videoId === undefined)
		throw new NotAnEvent("The event names no video: `event_data.video_id` is missing.");
	return videoId;
}
