import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal } from "../../heygen/errors.ts";
import { refusesAllSubmits } from "../../heygen/refusals.ts";
import { mayRetry } from "../../heygen/retry.ts";
import type { ListedVideo, Video } from "../../heygen/schemas/video.ts";
import type { VideoPage } from "../../heygen/videos.ts";
import { tellDuration } from "../duration.ts";
import type { Context } from "../lifecycle.ts";
import { BEFORE_PAYING_MS, findVideo } from "../rendering/find.ts";
import { failureOf } from "../shared.ts";
import { isMarked, markOf } from "../titleMark.ts";
import { refuseToPay } from "./account.ts";
import {
	listedWithoutIdText,
	listUnreadable,
	markLostText,
	NOT_SUBMITTED,
	unlistedText,
} from "./failures.ts";
import { isFinal } from "./state.ts";

/** How long ago a video may have been submitted to be taken over by its mark, in milliseconds. */
const LOOK_BACK_MS = 30 * 24 * 3_600_000;
/** How long HeyGen replays a key, in milliseconds. */
const REPLAYED_MS = 24 * 3_600_000;

export interface Earlier {
	/** Undefined when there is none. */
	earlier: Video | undefined;
	/** The ids of all videos of earlier runs, failed ones too; undefined where HeyGen does not list them all. */
	listed: ReadonlySet<string> | undefined;
}

/**
 * The video that an earlier run submitted under this key or one that follows from it, found by the mark in its title, so
 * also when HeyGen has forgotten the key. Throws before anything is submitted when the service is in trouble: what cannot
 * be seen may have been paid.
 */
export async function findEarlier(key: string, context: Context): Promise<Earlier> {
	const { video, page } = await search(key, context);
	if (video !== undefined && page !== undefined) context.note(tookOverText(video, ageMs(video, page)));
	return { earlier: video, listed: page && idsOf(page) };
}

/** Whether there is such a video, as far as HeyGen shows. */
export async function isEarlierThere(key: string, context: Context): Promise<boolean> {
	return (await search(key, context)).video !== undefined;
}

async function search(
	key: string,
	context: Context,
): Promise<{ video?: Video; page: VideoPage | undefined }> {
	const { urn, settings, renders } = context;
	const page = settings.markTitles ? await listMarked(key, context) : undefined;
	if (page === undefined) return { page };
	if (page.titlesWithoutId.some((title) => isMarked(title, key)))
		throw new Error(listedWithoutIdText(markOf(key)));
	for (const { id } of candidates(page, key)) {
		const video = await stillThere(id, context);
		if (video === undefined || video.status === "failed") continue;
		// Asked after the wait, in which another resource may have come to hold it.
		if (renders.resources.otherHolder(id, urn) !== undefined) continue;
		return { video, page };
	}
	if (page.more) doubtMarks(unlistedText("HeyGen's list held videos of other titles."), context);
	return { page };
}

/** The ids of the videos that HeyGen lists by this key's mark now; undefined where it does not list them all. */
export async function listedIds(key: string, context: Context): Promise<ReadonlySet<string> | undefined> {
	try {
		return idsOf(await context.heygen().listVideos({ title: markOf(key) }, { signal: context.signal }));
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		return undefined;
	}
}

const idsOf = ({ videos, more }: VideoPage) => (more ? undefined : new Set(videos.map(({ id }) => id)));

/** What tells the user that a video was paid by an earlier run; its age in milliseconds, where that is known. */
export function tookOverText(video: Video, age: number | undefined): string {
	const which = isFinal(video.status) ? "finished" : "running";
	const ago = age === undefined ? "" : ` ${tellDuration(age)} ago`;
	const others =
		age === undefined || age <= REPLAYED_MS
			? ""
			: " If it is of another backend with the same project and stack names, take it out of this stack " +
				"(`pulumi state delete`), set heygen:keyScope and run again.";
	return (
		`Took over the ${which} video ${video.id}, which an earlier run submitted${ago}: this run did not pay for it. ` +
		`For a new take, set \`revision\`.${others}`
	);
}

/** For how long after its submit a later run takes over a video of this title, as HeyGen tells it, and pays nothing. */
export function takenOverFor(title: string | null | undefined, key: string, { settings, renders }: Context) {
	return settings.markTitles && renders.marksHelp && isMarked(title, key) ? "30 days" : "24 hours";
}

/** Notices where HeyGen does not keep the mark of what was just submitted, for instance at the end of a long title. */
export function checkMark({ id, title }: Video, key: string, context: Context): void {
	const lost = typeof title === "string" && !isMarked(title, key);
	if (lost && context.settings.markTitles) doubtMarks(markLostText(markOf(key), id), context);
}

/** Warns that marks do not protect what this run submits: once, whichever resource finds out. */
function doubtMarks(text: string, { renders, warn }: Context): void {
	if (renders.marksHelp) warn(text);
	renders.marksHelp = false;
}

/** Undefined when HeyGen does not list videos by their title. */
async function listMarked(key: string, context: Context): Promise<VideoPage | undefined> {
	const { signal, report } = context;
	const how = {
		signal,
		onRetry: (_: HeyGenError, delayMs: number) =>
			report(`HeyGen does not list the videos right now; asking again in ${tellDuration(delayMs)}`),
	};
	try {
		return await context.heygen().listVideos({ title: markOf(key) }, how);
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		if (refusesAllSubmits(error)) throw failureOf(NOT_SUBMITTED, error);
		if (!isDefinite(error)) throw listUnreadable(error);
		// An account that is refused as a whole gets one error, and not a warning beside it.
		await refuseToPay(context);
		doubtMarks(unlistedText(error.message), context);
		return undefined;
	}
}

/** The list may lag behind a delete. */
async function stillThere(id: string, { heygen, clock, signal }: Context): Promise<Video | undefined> {
	try {
		return await findVideo(id, { heygen: heygen(), clock, signal, agreedMs: BEFORE_PAYING_MS });
	} catch (error) {
		throw error instanceof HeyGenError ? listUnreadable(error) : error;
	}
}

/** The oldest first, so that every run takes the same one. */
function candidates(page: VideoPage, key: string): ListedVideo[] {
	const fits = (video: ListedVideo) =>
		isMarked(video.title, key) && video.status !== "failed" && (ageMs(video, page) ?? 0) <= LOOK_BACK_MS;
	const created = ({ created_at }: ListedVideo) => created_at ?? Number.POSITIVE_INFINITY;
	return page.videos.filter(fits).sort((a, b) => created(a) - created(b) || 0);
}

/** A video's age by the server's clock at an answer; undefined where either time is not known. */
export function ageMs(
	{ created_at }: ListedVideo,
	{ serverTime }: { serverTime: number | undefined },
): number | undefined {
	if (typeof created_at !== "number" || serverTime === undefined) return undefined;
	return Math.max(0, serverTime - created_at * 1000);
}

/** Refusals of HeyGen's that pass: a timeout, a conflict, an answer that comes too early, too many requests. */
const FOR_NOW = [408, 409, 425, 429];

/** Whether asking again would bring the same: HeyGen's own refusal, or a whole answer that is not one of this API. */
function isDefinite(error: HeyGenError): boolean {
	if (mayRetry(error, true) || FOR_NOW.includes(error.status ?? 0)) return false;
	if (error instanceof HeyGenAnswerInvalid) return error.whole;
	return error instanceof HeyGenRefusal && error.code !== undefined && error.status < 500;
}
