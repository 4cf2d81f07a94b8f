import { z } from "zod";
import { Id } from "../../../provider/inputs/forms.ts";
import { withoutMark } from "../../../provider/titleMark.ts";
import type { GetVideoArgs, GetVideoResult } from "../getVideo.ts";
import { createAnswer } from "./answer.ts";
import { dateOf } from "./dates.ts";
import { words } from "./words.ts";

export const answerVideo = createAnswer<GetVideoArgs, GetVideoResult>({
	name: "getVideo",
	rules: {
		schema: z.strictObject({ id: Id }),
		allowed: { id: "a video's id" },
		spellings: { videoId: "id", video_id: "id" },
	},
	list: false,
	async ask({ id }, run, signal) {
		const video = await run.video({ id }, signal);
		return {
			id: video.id,
			status: video.status,
			title: withoutMark(video.title),
			videoUrl: video.video_url ?? undefined,
			videoPageUrl: video.video_page_url ?? undefined,
			thumbnailUrl: video.thumbnail_url ?? undefined,
			gifUrl: video.gif_url ?? undefined,
			videoDuration: video.duration ?? undefined,
			createdAt: dateOf(video.created_at),
			completedAt: dateOf(video.completed_at),
			failureCode: words(video.failure_code, run),
			failureMessage: words(video.failure_message, run),
		};
	},
});
