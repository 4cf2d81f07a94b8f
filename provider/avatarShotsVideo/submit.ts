import { HeyGenError } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { VIDEO_TYPES, type VideoRequest } from "../../heygen/schemas/videoRequest.ts";
import type { SubmitResult } from "../../heygen/videos.ts";
import { tellDuration } from "../duration.ts";
import { keyAfter, LONGEST_CHAIN } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { findVideo } from "../rendering/find.ts";
import { isRefusedType, noClearAnswerText, refusalText, renderFailedText } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import { type AssetOfFile, requestBody } from "./renderRequest.ts";
import { isFinal } from "./state.ts";

/** How far a video's creation may lie before the submit's first try and still be its own, in milliseconds. */
const SAME_SUBMIT_MS = 5_000;

/** How often a submit is sent while no clear answer comes: over about a minute, not counting the time limits. */
const SUBMIT_TRIES = 8;

/** A render that this submit failed to get; it cost nothing and must not be sent again in the same run. */
export class RenderFailed extends Error {}

export interface Submitted {
	videoId: string;
	/** The video as it was right after the submit; undefined when it could not be read. */
	video: Video | undefined;
}

/**
 * Gets the one video that a key stands for: a new one, or the one that an earlier run has submitted and paid. A key
 * that answers with a video which is deleted, or had failed before, is used up; the next one of its chain follows from
 * it, so that every run walks the same way.
 */
export async function submit(
	inputs: CheckedInputs,
	assetOfFile: AssetOfFile,
	key: string,
	context: Context,
	budgetMs: number,
) {
	let next = key;
	for (let link = 0; link < LONGEST_CHAIN; link++) {
		const body = () => requestBody(inputs, context.renders.videoType, assetOfFile);
		const answer = await submitOnce(body, next, context, budgetMs);
		const found = await usableVideo(answer, context);
		if (found !== "used up") return found;
		context.report("an earlier video of this request is deleted or failed: submitting anew");
		next = keyAfter(next);
	}
	throw new Error(
		`${LONGEST_CHAIN} earlier videos of this same request were deleted or failed within 24 hours, so nothing was ` +
			"submitted. Set `revision` to a new value to ask for a new take.",
	);
}

async function usableVideo(answer: SubmitResult, context: Context): Promise<Submitted | "used up"> {
	const { videoId } = answer;
	let video: Video | undefined;
	try {
		const { clock, signal } = context;
		video = await findVideo(videoId, { heygen: context.heygen(), clock, signal });
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		return { videoId, video: undefined };
	}
	if (video === undefined) return "used up";
	const adopted = isFromBefore(video, answer);
	if (video.status === "failed") {
		if (adopted) return "used up";
		throw new RenderFailed(renderFailedText(video));
	}
	if (adopted) {
		const age = tellDuration((answer.serverTime ?? 0) - (video.created_at ?? 0) * 1000);
		const which = isFinal(video.status) ? "finished" : "running";
		context.note(
			`Took over the ${which} video ${videoId}, which an earlier run submitted ${age} ago: this run did not pay ` +
				"for it. For a new take, set `revision`.",
		);
	} else context.report(`submitted as ${videoId}`);
	return { videoId, video };
}

/** Whether the video was there before this submit's first try; both times are of the server's clock. */
export function isFromBefore(video: Video, { serverTime, tookMs }: SubmitResult): boolean {
	if (typeof video.created_at !== "number" || serverTime === undefined) return false;
	return video.created_at * 1000 < serverTime - tookMs - SAME_SUBMIT_MS;
}

async function submitOnce(body: () => VideoRequest, key: string, context: Context, budgetMs: number) {
	const send = (idempotencyKey: string) =>
		context.heygen().submitVideo(body(), idempotencyKey, {
			signal: context.signal,
			retryForMs: budgetMs,
			mostTries: SUBMIT_TRIES,
			onRetry: (error, delayMs) => context.report(waitText(error, delayMs)),
		});
	try {
		return await withAcceptedType(send, key, context);
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		throw new Error(isRefusal(error) ? refusalText(error) : noClearAnswerText(error));
	}
}

/**
 * HeyGen has renamed this kind of video: when it refuses the one word, the other is used for the rest of the run. Should
 * the service replay the refusal under the same key, the next key is tried once; nothing was made under the first.
 */
async function withAcceptedType(send: (key: string) => Promise<SubmitResult>, key: string, context: Context) {
	const word = context.renders.videoType;
	try {
		return await send(key);
	} catch (error) {
		if (!(error instanceof HeyGenError) || !isRefusedType(error)) throw error;
		if (context.renders.videoType === word) {
			context.renders.videoType = word === VIDEO_TYPES[0] ? VIDEO_TYPES[1] : VIDEO_TYPES[0];
			context.note(
				`HeyGen does not take the type "${word}"; using "${context.renders.videoType}" from here on.`,
			);
		}
	}
	try {
		return await send(key);
	} catch (error) {
		if (!(error instanceof HeyGenError) || !isRefusedType(error)) throw error;
		return send(keyAfter(key));
	}
}

/** A definite no, as opposed to an answer that did not come. */
const isRefusal = (error: HeyGenError) =>
	error.status !== undefined &&
	error.status >= 400 &&
	error.status < 500 &&
	error.code !== "request_in_progress";

function waitText(error: HeyGenError, delayMs: number): string {
	if (error.status === 429)
		return `all render slots of the account are busy; trying again in ${tellDuration(delayMs)}`;
	return `no clear answer from HeyGen; asking again under the same key in ${tellDuration(delayMs)}`;
}
