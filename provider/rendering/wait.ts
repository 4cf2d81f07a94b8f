import type { HeyGenClient } from "../../heygen/client.ts";
import type { Clock } from "../../heygen/clock.ts";
import { HeyGenError } from "../../heygen/errors.ts";
import { isNoAccess } from "../../heygen/refusals.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { tellDuration } from "../duration.ts";
import { findVideo } from "./find.ts";
import type { Poller } from "./poller.ts";

/** The longest silence on a resource's line, in milliseconds: CI systems end jobs that say nothing. */
const REPORT_EVERY_MS = 10_000;

/** The time that the user gave the render is over; the render itself goes on. The cause is what kept it from being read. */
export class WaitTimedOut extends Error {}
/** The video is not there any more, in the account that the key belongs to. */
export class VideoGone extends Error {}

export interface WaitOptions {
	heygen: HeyGenClient;
	poller: Poller;
	clock: Clock;
	signal: AbortSignal;
	report(text: string): void;
	/** The longest wait, in milliseconds. */
	timeoutMs: number;
	/** Whether the video may have ended long ago, so that it is worth a look at once. */
	lookFirst?: boolean;
}

/** Waits until a video is completed or failed and returns it with fresh links. */
export async function waitForVideo(videoId: string, options: WaitOptions): Promise<Video> {
	const { heygen, poller, clock, report, timeoutMs } = options;
	const start = clock.elapsed();
	const done = new AbortController();
	const deadline = new AbortController();
	const signal = AbortSignal.any([options.signal, deadline.signal]);
	/** Why the video, and its status, could not be read the last time that it was asked for. */
	const trouble: { video?: HeyGenError | undefined; status?: HeyGenError | undefined } = {};
	clock.sleep(timeoutMs, done.signal).then(
		() => deadline.abort(timeIsUp(timeoutMs, trouble.video ?? trouble.status)),
		() => {},
	);
	let lastReport = Number.NEGATIVE_INFINITY;
	let lastText = "";
	const tell = (text: string) => {
		const passed = clock.elapsed() - start;
		if (text === lastText && passed - lastReport < REPORT_EVERY_MS) return;
		[lastText, lastReport] = [text, passed];
		report(`${text} (${tellDuration(passed)})`);
	};

	const unreadable = (of: "video" | "status", error: unknown) => {
		trouble[of] = error instanceof HeyGenError ? error : undefined;
		tell(`HeyGen cannot be read right now${statusOf(error)}; still waiting`);
	};

	try {
		for (let look = options.lookFirst ?? false; ; look = false) {
			if (!look) {
				await poller.watch(videoId, {
					signal,
					since: start,
					onStatus: (status) => {
						trouble.status = undefined;
						tell(statusText(status));
					},
					onTrouble: (error) => unreadable("status", error),
				});
			}
			const video = await findVideo(videoId, { heygen, clock, signal }).catch((error: unknown) => {
				if (!(error instanceof HeyGenError) || isNoAccess(error)) throw error;
				unreadable("video", error);
				return "unreadable" as const;
			});
			if (video === "unreadable") continue;
			trouble.video = undefined;
			if (video === undefined) throw new VideoGone(`video ${videoId} is no longer there`);
			if (video.status === "completed" || video.status === "failed") return video;
		}
	} catch (error) {
		if (!(error instanceof WaitTimedOut)) throw error;
		return lastLook(videoId, error, options);
	} finally {
		done.abort();
	}
}

/** A render may have ended since the poller looked last: that is no reason to tell the user that it has not. */
async function lastLook(
	videoId: string,
	timedOut: WaitTimedOut,
	{ heygen, signal }: WaitOptions,
): Promise<Video> {
	const video = await heygen.getVideo(videoId, { signal, retryForMs: 0 }).catch(() => undefined);
	if (video?.status === "completed" || video?.status === "failed") return video;
	throw timedOut;
}

function timeIsUp(timeoutMs: number, trouble: HeyGenError | undefined): WaitTimedOut {
	const seen = trouble === undefined ? "" : ` as far as HeyGen could be read (${trouble.message})`;
	return new WaitTimedOut(`not finished after ${tellDuration(timeoutMs)}${seen}`, { cause: trouble });
}

function statusText(status: string): string {
	if (status === "processing") return "rendering";
	if (status === "completed") return "rendered";
	if (["waiting", "pending", "queued"].includes(status)) return "queued at HeyGen";
	return status;
}

const statusOf = (error: unknown) =>
	error instanceof HeyGenError && error.status !== undefined ? ` (HTTP ${error.status})` : "";
