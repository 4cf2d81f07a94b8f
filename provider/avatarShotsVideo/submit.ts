import { HeyGenError, HeyGenRequestInvalid } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { VIDEO_TYPES, type VideoRequest } from "../../heygen/schemas/videoRequest.ts";
import type { SubmitResult } from "../../heygen/videos.ts";
import { tellDuration } from "../duration.ts";
import { keyAfter, LONGEST_CHAIN } from "../keys.ts";
import type { Context } from "../lifecycle.ts";
import { BEFORE_PAYING_MS, findVideo } from "../rendering/find.ts";
import { markedTitle, markOf } from "../titleMark.ts";
import { isSameAccount, refuseToPay, walletText } from "./account.ts";
import type { RenderClaim } from "./cap.ts";
import { ageOf, createFailedBefore, type FailedBefore } from "./failedBefore.ts";
import { isRefusedType, renderFailedText, submitRefused, submitUnclear } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import { type AssetOfFile, requestBody } from "./renderRequest.ts";
import { ageMs, checkMark, findEarlier, takenOverFor, tookOverText } from "./takeOver.ts";

/** How often a submit is sent while no clear answer comes: over about a minute, not counting the time limits. */
const SUBMIT_TRIES = 8;

/** Up to how many times as long as the first video of a chain a later one is looked for: HeyGen may show new ones late. */
const MOST_PATIENCE = 4;

/** A render that this submit failed to get; it cost nothing and must not be sent again in the same run. */
export class RenderFailed extends Error {}

/** One render, to be asked for under one key of its chain after another. */
interface Request {
	/** Made anew for each try, since the type's word may change between two. */
	body(): VideoRequest;
	firstKey: string;
	/** Given back as soon as it is clear that nothing new was paid. */
	claim: RenderClaim;
	/** For how long the submit is still tried again, in milliseconds. */
	leftMs(): number;
}

export interface Submitted {
	videoId: string;
	/** The video as it was right after the submit; undefined when it could not be read. */
	video: Video | undefined;
}

/**
 * Gets the one video that a key stands for: the one that an earlier run has submitted and paid, or a new one. A key
 * that answers with a video which is deleted, had failed before or is another resource's, is used up; the next one of its chain follows from
 * it, so that every run walks the same way.
 */
export async function submit(
	inputs: CheckedInputs,
	assetOfFile: AssetOfFile,
	key: string,
	claim: RenderClaim,
	context: Context,
	budgetMs: number,
) {
	const start = context.clock.elapsed();
	const { earlier, listed } = await findEarlier(key, context);
	if (earlier !== undefined) {
		claim.giveBack();
		return { videoId: earlier.id, video: earlier };
	}
	await claim.take();
	const { urn, settings, renders } = context;
	const title = settings.markTitles ? markedTitle(inputs.title, urn, key) : inputs.title;
	const request = {
		body: () => requestBody({ ...inputs, title }, renders.videoType, assetOfFile),
		firstKey: key,
		claim,
		leftMs: () => Math.max(0, budgetMs - (context.clock.elapsed() - start)),
	};
	const failedBefore = createFailedBefore(key, listed, context);
	let next = key;
	for (let link = 0; link < LONGEST_CHAIN; link++) {
		const answer = await submitOnce(request, next, context);
		const goneMs = BEFORE_PAYING_MS * Math.min(link + 1, MOST_PATIENCE);
		const found = await usableVideo(answer, request, context, { failedBefore, goneMs });
		if (typeof found === "object") return found;
		context.report(`an earlier video of this request is ${USED_UP[found]}: submitting anew`);
		next = keyAfter(next);
	}
	throw new Error(
		`HeyGen has answered this request with ${LONGEST_CHAIN} videos, one after the other, that it says are deleted, that ` +
			"had failed before or that other resources hold, so none was taken. See what the account holds at app.heygen.com, " +
			"and set `revision` to a new value to ask for a new take.",
	);
}

type UsedUp = "held by another" | "gone" | "failed before";

const USED_UP: Readonly<Record<UsedUp, string>> = {
	"held by another": "another resource's",
	gone: "deleted",
	"failed before": "failed",
};

async function usableVideo(
	answer: SubmitResult,
	{ firstKey, claim }: Request,
	context: Context,
	{ failedBefore, goneMs }: { failedBefore: FailedBefore; goneMs: number },
): Promise<Submitted | UsedUp> {
	const { videoId } = answer;
	const { renders, urn, clock, signal } = context;
	const isHeld = () => renders.resources.otherHolder(videoId, urn) !== undefined;
	if (isHeld()) return "held by another";
	const onMissing = () =>
		context.report(
			`HeyGen answers with video ${videoId} and does not show it: looking for up to ${tellDuration(goneMs)}`,
		);
	const how = { heygen: context.heygen(), clock, signal, agreedMs: goneMs, onMissing };
	const video = await findVideo(videoId, how).catch((error: unknown) => {
		if (!(error instanceof HeyGenError)) throw error;
		return "unreadable" as const;
	});
	// Another resource may have come to hold it while it was read.
	if (isHeld()) return "held by another";
	if (video === "unreadable") return { videoId, video: undefined };
	if (video === undefined) return (await isSameAccount(context)) ? "gone" : { videoId, video };
	if (video.status === "failed") {
		if (await failedBefore(video, answer)) return "failed before";
		throw new RenderFailed(renderFailedText(video));
	}
	if (ageOf(video, answer) === "before") {
		claim.giveBack();
		context.note(tookOverText(video, ageMs(video, answer)));
	} else {
		context.report(`submitted as ${videoId}`);
		checkMark(video, firstKey, context);
	}
	return { videoId, video };
}

async function submitOnce({ body, firstKey, claim, leftMs }: Request, key: string, context: Context) {
	await refuseToPay(context);
	let unclear = false;
	const send = (idempotencyKey: string) =>
		context.heygen().submitVideo(body(), idempotencyKey, {
			signal: context.signal,
			retryForMs: leftMs(),
			mostTries: SUBMIT_TRIES,
			onRetry(error, delayMs) {
				unclear ||= !isRefusal(error);
				context.report(waitText(error, delayMs));
			},
		});
	try {
		return await withAcceptedType(send, key, context);
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		if (unclear || !isRefusal(error)) {
			throw submitUnclear(error, takenOverFor(body().title, firstKey, context));
		}
		claim.giveBack();
		const mark = context.settings.markTitles ? markOf(firstKey) : undefined;
		throw submitRefused(error, mark, error.code === "insufficient_credit" ? await walletText(context) : "");
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
		if (!isRefusedType(error, word)) throw error;
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
		if (!isRefusedType(error, context.renders.videoType)) throw error;
		return send(keyAfter(key));
	}
}

/** A definite no, as opposed to an answer that did not come. These without HeyGen's own word may be anyone's. */
function isRefusal(error: HeyGenError): boolean {
	if (error instanceof HeyGenRequestInvalid) return true;
	const { status = 0, code } = error;
	if (status < 400 || status >= 500 || status === 408) return false;
	return (
		code !== "request_in_progress" && (code !== undefined || ![401, 402, 403, 404, 407].includes(status))
	);
}

function waitText(error: HeyGenError, delayMs: number): string {
	if (error.status === 429)
		return `all render slots of the account are busy; trying again in ${tellDuration(delayMs)}`;
	return `no clear answer from HeyGen; asking again under the same key in ${tellDuration(delayMs)}`;
}
