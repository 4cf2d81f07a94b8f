import type { Context } from "hono";
import type { VideoStatus } from "../controlTypes.ts";
import { type FileName, fileLink } from "../files.ts";
import { baseOf, type Env } from "../http.ts";
import { durationOf, endMs, type StoredVideo, statusOf } from "../video.ts";
import type { World } from "../world.ts";

/** A video as `GET /v3/videos/{id}` tells it, with links made for this answer. */
export function videoAnswer(c: Context<Env>, world: World, video: StoredVideo) {
	const status = statusOf(video, world.clock.now());
	const completed = status === "completed";
	const failed = status === "failed";
	const link = (name: FileName) => (completed ? baseOf(c) + fileLink(world, video.id, name) : null);
	return {
		id: video.id,
		title: video.title,
		status,
		created_at: Math.floor(video.createdMs / 1000),
		completed_at: completed ? Math.floor(endMs(video) / 1000) : null,
		duration: completed ? durationOf(video.body) : null,
		video_url: link("video.mp4"),
		captioned_video_url: null,
		subtitle_url: null,
		thumbnail_url: link("thumbnail.jpg"),
		gif_url: link("preview.gif"),
		video_page_url: `${baseOf(c)}/videos/${video.id}`,
		folder_id: null,
		output_language: null,
		failure_code: failed ? (video.failure?.code ?? null) : null,
		failure_message: failed ? (video.failure?.message ?? null) : null,
	};
}

const BULK_WORDS: Readonly<Record<VideoStatus, string>> = {
	pending: "queued",
	processing: "processing",
	completed: "completed",
	failed: "failed",
};

/** A line of `GET /v3/videos/statuses`. */
export function statusLine(id: string, video: StoredVideo | undefined, nowMs: number) {
	const status = video && statusOf(video, nowMs);
	const { code, message } = video?.failure ?? {};
	return {
		video_id: id,
		status: status ? BULK_WORDS[status] : "not_found",
		batch_id: null,
		item_index: null,
		error: status === "failed" && code != null ? { code, message } : null,
	};
}
