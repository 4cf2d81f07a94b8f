import { isoDate } from "../../heygen/dates.ts";
import { redact } from "../../heygen/redact.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import type { Context, Values } from "../lifecycle.ts";
import { currentLink } from "../links.ts";
import type { CheckedInputs } from "./inputs.ts";
import { withoutBytes } from "./references.ts";

/** Raised when what the state holds changes its meaning; later versions read all earlier ones. */
export const STATE_VERSION = 1;

/** `gone`: deleted at HeyGen while it was waited for. The other words are HeyGen's. */
export type VideoState = Values & {
	stateVersion: number;
	status: string;
	/** The user name of the HeyGen account that holds the video. */
	account?: string | undefined;
};

/** HeyGen's status words by what they mean; words that it may add count as still rendering. */
export const isFinal = (status: unknown) => status === "completed" || status === "failed";

/** What the state says was asked for: the inputs, with the bytes of inline files replaced by their hash. */
export function askedFor({ submissionKey: _, ...inputs }: CheckedInputs): Values {
	const { references } = inputs;
	return { ...inputs, ...(references ? { references: references.map(withoutBytes) } : {}) };
}

/** What HeyGen says came out. Links that are still good are kept from `before`, so that a refresh shows no change. */
export function cameOut(video: Video, before: Values, { clock, settings }: Context): Values {
	const now = clock.now();
	const words = (text: string | null | undefined) =>
		text ? redact(text, settings.apiKey === undefined ? [] : [settings.apiKey]) : undefined;
	return {
		status: video.status,
		videoUrl: currentLink(before["videoUrl"], video.video_url, now),
		thumbnailUrl: currentLink(before["thumbnailUrl"], video.thumbnail_url, now),
		gifUrl: currentLink(before["gifUrl"], video.gif_url, now),
		videoPageUrl: video.video_page_url ?? undefined,
		videoDuration: video.duration ?? undefined,
		createdAt: timestamp(video.created_at),
		completedAt: timestamp(video.completed_at),
		failureCode: words(video.failure_code),
		failureMessage: words(video.failure_message),
	};
}

const timestamp = (seconds: number | null | undefined) =>
	typeof seconds === "number" ? isoDate(seconds * 1000) : undefined;
