import { type CallOptions, type Calls, pathOf, READ_LIMIT_MS, WRITE_LIMIT_MS } from "./calls.ts";
import { HeyGenRequestInvalid } from "./errors.ts";
import { dataOf, NothingToTell } from "./schemas/envelopes.ts";
import { type ListedVideo, SubmittedVideo, Video, VideoList, VideoStatus } from "./schemas/video.ts";
import { VideoRequest } from "./schemas/videoRequest.ts";

/** The most ids that one request for statuses takes. */
export const STATUSES_PER_REQUEST = 100;

export interface SubmitResult {
	videoId: string;
	/** The server's clock at its answer, unix milliseconds; undefined when it did not say. */
	serverTime: number | undefined;
	/** How long ago the first try of this submit was sent when the answer came, in milliseconds. */
	tookMs: number;
}

export interface VideoPage {
	videos: ListedVideo[];
	/** The titles of those of which the answer does not tell the id. */
	titlesWithoutId: string[];
	/** Whether there are more of them than the answer holds. */
	more: boolean;
	/** The server's clock at its answer, unix milliseconds; undefined when it did not say. */
	serverTime: number | undefined;
}

export function videoCalls(calls: Calls) {
	return {
		/**
		 * Submits a render, which costs money. The same key within 24 hours answers with the first submit's video, even for
		 * another body, so it is safe to repeat and is repeated here.
		 */
		async submitVideo(
			body: VideoRequest,
			idempotencyKey: string,
			how: CallOptions = {},
		): Promise<SubmitResult> {
			const start = calls.clock.elapsed();
			const call = {
				method: "POST",
				path: "/v3/videos",
				body: requestOf(body),
				idempotencyKey,
				answer: dataOf(SubmittedVideo),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			const { body: answer, serverTime } = await calls.send(call, true, how);
			return { videoId: answer.data.video_id, serverTime, tookMs: calls.clock.elapsed() - start };
		},

		/** One video with a fresh `video_url`, under the id that it was asked by. */
		async getVideo(videoId: string, how: CallOptions = {}): Promise<Video> {
			const { data } = await calls.read(videoPath(videoId), dataOf(Video.omit({ id: true })), how, {
				videoId,
			});
			return { ...data, id: videoId };
		},

		/** One page, of up to 100, of the account's videos whose title holds `title`. The order is not documented. */
		async listVideos({ title }: { title: string }, how: CallOptions = {}): Promise<VideoPage> {
			const call = { method: "GET", path: "/v3/videos", query: { title, limit: "100" } } as const;
			const answer = await calls.send({ ...call, answer: VideoList, timeLimitMs: READ_LIMIT_MS }, true, how);
			const { data, has_more, next_token } = answer.body;
			const listed = data.filter((video) => video !== null);
			return {
				videos: listed.filter((video): video is ListedVideo => video.id !== undefined),
				titlesWithoutId: listed.flatMap(({ id: known, title: text }) =>
					known === undefined && typeof text === "string" ? [text] : [],
				),
				more: has_more ?? Boolean(next_token),
				serverTime: answer.serverTime,
			};
		},

		/** The status word of each id, in requests of up to 100 ids; ids that HeyGen leaves out are left out. */
		async videoStatuses(videoIds: readonly string[], how: CallOptions = {}): Promise<Map<string, string>> {
			const statuses = new Map<string, string>();
			for (let at = 0; at < videoIds.length; at += STATUSES_PER_REQUEST) {
				const missing = new Set(videoIds.slice(at, at + STATUSES_PER_REQUEST));
				const query = { video_ids: [...missing].join(",") };
				for await (const line of calls.items("/v3/videos/statuses", VideoStatus, query, how)) {
					if (line.video_id && line.status && missing.delete(line.video_id))
						statuses.set(line.video_id, line.status);
					if (missing.size === 0) break;
				}
			}
			return statuses;
		},

		/** Deletes a video and its files for good. A second call answers 404. */
		async deleteVideo(videoId: string, how: CallOptions = {}): Promise<void> {
			const call = { method: "DELETE", path: videoPath(videoId), videoId } as const;
			await calls.send({ ...call, answer: NothingToTell, timeLimitMs: READ_LIMIT_MS }, true, how);
		},
	};
}

function requestOf(body: VideoRequest): VideoRequest {
	const parsed = VideoRequest.safeParse(body);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
	const reason = `the request is none that the API takes: ${where}${issue?.message ?? "not understood"}`;
	throw new HeyGenRequestInvalid(reason, { call: "POST /v3/videos" });
}

const videoPath = (videoId: string) => pathOf("/v3/videos", videoId);
