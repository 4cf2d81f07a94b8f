import { z } from "zod";
import { Id } from "./envelopes.ts";

// What nothing depends on is dropped when it is not as expected: a paid video must not be lost to it.
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

/** The answer to a submit. The id's key is `video_id` here and `id` everywhere else. */
export const SubmittedVideo = z.looseObject({
	video_id: Id,
});
export type SubmittedVideo = z.infer<typeof SubmittedVideo>;

/**
 * A video as `GET /v3/videos/{id}` tells it. None of the inputs but the title is echoed.
 * Times are unix seconds, `duration` is in seconds. All URLs may be null until the video is completed.
 */
export const Video = z.looseObject({
	id: Id,
	status: z.string(),
	title: text,
	created_at: number,
	completed_at: number,
	duration: number,
	/** Presigned: expires, and differs with every GET. */
	video_url: text,
	thumbnail_url: text,
	gif_url: text,
	video_page_url: text,
	/** Both may be null on a failed video; the codes are an open list. */
	failure_code: text,
	failure_message: text,
});
export type Video = z.infer<typeof Video>;

const id = Id.nullish().catch(undefined);

/** A video as a list tells it; its id may be called as in the answer to a submit. */
const VideoInList = Video.extend({ status: text, id, video_id: id }).transform(({ video_id, ...video }) => ({
	...video,
	id: video.id ?? video_id ?? undefined,
}));
export type ListedVideo = z.infer<typeof VideoInList> & { id: string };

/** A page of the account's videos. What is not told whole, or is no video, must not hide the others. */
export const VideoList = z.looseObject({
	data: z.array(VideoInList.nullable().catch(null)),
	has_more: z.boolean().nullish().catch(undefined),
	next_token: z.string().nullish().catch(undefined),
});

/** One line of `GET /v3/videos/statuses`; `status` is `not_found` for ids that the account does not have. */
export const VideoStatus = z.looseObject({
	video_id: Id.nullish().catch(undefined),
	status: text,
});
