import type { Video } from "../../heygen/schemas/video.ts";
import type { SubmitResult } from "../../heygen/videos.ts";
import type { Context } from "../lifecycle.ts";
import { listedIds } from "./takeOver.ts";

/** How far a video's creation may lie before the submit's first try and still be its own, in milliseconds. */
const SAME_SUBMIT_MS = 5_000;
/** How far it must lie before it to be another's, however far the clocks of HeyGen's servers are apart. */
const EARLIER_SUBMIT_MS = 30_000;

/** Whether a failed video, with which a submit was answered, is of an earlier run. */
export type FailedBefore = (video: Video, answer: SubmitResult) => Promise<boolean>;

/**
 * For the submits of one resource under the chain of `key`. What HeyGen listed before the first of them (`before`) is of
 * earlier runs, and what it lists since then is of this one. Where the list does not show a video, the clocks tell; where
 * they do not either, one is left behind, and a second one is this run's own.
 */
export function createFailedBefore(
	key: string,
	before: ReadonlySet<string> | undefined,
	context: Context,
): FailedBefore {
	const leftBehind: string[] = [];
	let doubted = false;
	return async (video, answer) => {
		if (before?.has(video.id)) return true;
		const age = ageOf(video, answer);
		if (age === "own") return false;
		const now = before === undefined ? undefined : await listedIds(key, context);
		// One that was left behind may show later than it failed.
		if ([video.id, ...leftBehind].some((id) => now?.has(id))) return false;
		if (age === "unclear" && doubted) return false;
		doubted ||= age === "unclear";
		leftBehind.push(video.id);
		return true;
	};
}

/** Whether the video was there before this submit's first try; both times are of the server's clock. */
export function ageOf(video: Video, { serverTime, tookMs }: SubmitResult): "before" | "unclear" | "own" {
	if (typeof video.created_at !== "number" || serverTime === undefined) return "unclear";
	const ageMs = serverTime - tookMs - video.created_at * 1000;
	if (ageMs > EARLIER_SUBMIT_MS) return "before";
	return ageMs > SAME_SUBMIT_MS ? "unclear" : "own";
}
