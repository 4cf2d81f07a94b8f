import { HeyGenError } from "../../heygen/errors.ts";
import { hintFor } from "../../heygen/hints.ts";
import { redact } from "../../heygen/redact.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { type CapSettings, listed, priced, raiseCapText } from "../capSettings.ts";
import { type Saved, Shared, Unfinished } from "../lifecycle.ts";
import type { OverCap } from "../rendering/cap.ts";
import { WaitTimedOut } from "../rendering/wait.ts";
import { sharedReason } from "../shared.ts";
import type { VideoState } from "./state.ts";

/** HeyGen's fields by our inputs' names, for refusals that name one. */
const INPUT_OF: Readonly<Record<string, string>> = {
	avatar_id: "avatarIds",
	aspect_ratio: "aspectRatio",
	auto_duration: "autoDuration",
	enhance_prompt: "enhancePrompt",
	callback_url: "callbackUrl",
	callback_id: "callbackId",
	type: "heygen:videoType",
};

/** The name that a user knows a field of HeyGen's request by: `avatar_id.0` is `avatarIds[0]`. */
export function inputNamed(param: string): string {
	const [field = param, ...rest] = param.split(/[.[\]]+/).filter((part) => part !== "");
	const name = Object.hasOwn(INPUT_OF, field) ? INPUT_OF[field] : field;
	return `${name}${rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join("")}`;
}

/** What a submit that was not taken left undone: a sentence without its end. */
export const NOT_SUBMITTED = "The video was not submitted and nothing was paid";

/** Why a render was not begun: the run would start more than the user allows. */
export function overCap(
	{ wanted, started }: OverCap,
	{ maxNewVideos = 0, pricePerVideoUsd }: CapSettings,
): Shared {
	const count = wanted.length + started;
	const before = started === 0 ? "" : `, ${started} of which it has started`;
	const names = wanted.map((urn) => `${urn.split("::").at(-1)}`).sort();
	const brief = `${NOT_SUBMITTED}: heygen:maxNewVideos allows ${maxNewVideos} in one run`;
	return new Shared(
		`${NOT_SUBMITTED}. This run wants to render at least ${priced(count, pricePerVideoUsd)}${before}; ` +
			`heygen:maxNewVideos allows ${maxNewVideos}. Not begun: ${listed(names)}. ${raiseCapText(count)} ` +
			"`pulumi preview` counts all that are known before the update.",
		{ kind: "heygen:maxNewVideos", brief },
	);
}

/**
 * Why a submit was not taken, beside the input that it is about; `mark` is what the title that was sent ended in, and
 * `aside` adds what else is known.
 */
export function submitRefused(error: HeyGenError, mark: string | undefined, aside: string): Shared {
	const about = error.param === undefined ? "" : `${inputNamed(error.param)}: `;
	const text = `${NOT_SUBMITTED}. ${about}${error.message}${asideOf(error, mark)}${aside}`;
	return new Shared(text, sharedReason(error, NOT_SUBMITTED));
}

function asideOf({ status, param, reason }: HeyGenError, mark: string | undefined): string {
	if (param === "callback_url") {
		return " HeyGen may not take callbackUrl for this kind of video; a registered webhook endpoint is the safe way.";
	}
	const ofTitle = status === 400 && (param === "title" || (param === undefined && /\btitle\b/i.test(reason)));
	if (!ofTitle || mark === undefined) return "";
	return (
		` At the end of the title the mark [${mark}] was added, so that a run that is repeated days later does not pay ` +
		`again. Give a shorter title, or turn marks off: ${MARKS_OFF}.`
	);
}

const MARKS_OFF = "`pulumi config set heygen:markTitles false`";

/** What stops a submit while HeyGen does not tell what earlier runs have submitted. */
export function listUnreadable(error: HeyGenError): Shared {
	const text =
		`${NOT_SUBMITTED}. Before it is, the account's videos are searched for one that an earlier run has paid, and ` +
		`that failed: ${error.message} Run \`pulumi up\` again. To submit without the search: ${MARKS_OFF}.`;
	return new Shared(text, sharedReason(error, NOT_SUBMITTED));
}

/** What stops a submit where an earlier run has submitted a video with this mark, and HeyGen does not tell which it is. */
export const listedWithoutIdText = (mark: string) =>
	`${NOT_SUBMITTED}. An earlier run has submitted a video whose title ends in [${mark}], and HeyGen lists it without its id. Find the id at ` +
	`app.heygen.com and give it as adoptVideoId, or run \`pulumi up\` again. To submit without the search: ${MARKS_OFF}.`;

/** What warns that HeyGen does not list an account's videos by their title; `why` is a sentence. */
export const unlistedText = (why: string) =>
	"HeyGen's videos cannot be searched for what earlier runs have submitted, so this run does without: a render that was " +
	`interrupted more than 24 hours ago is paid again. ${why} To do without it silently: ${MARKS_OFF}.`;

/** What warns that HeyGen keeps a video's title without the mark. */
export const markLostText = (mark: string, videoId: string) =>
	`HeyGen keeps the title of video ${videoId} without the mark [${mark}] that was sent at its end, as may happen to a long ` +
	"title. A render with this title that is interrupted and repeated more than 24 hours later is paid again.";

/** What a submit that may or may not have been taken tells the user; a run `within` that time takes it over. */
export function submitUnclear(error: HeyGenError, within: string): Shared {
	const begin = "The submit got no clear answer and may have been accepted";
	const text =
		`${begin}: ${error.message} Run \`pulumi up\` again within ${within}: it takes over what was accepted, else asks ` +
		"under the same key, so the video is paid once.";
	return new Shared(text, sharedReason(error, `${begin}; \`pulumi up\` within ${within} takes it over`));
}

/** What a failed render tells the user, `adopted` or rendered. HeyGen does not charge failed renders. */
export function renderFailedText(video: Video, adopted = false): string {
	const code = video.failure_code ?? "no code";
	const words = video.failure_message ? redact(video.failure_message) : "HeyGen gave no reason";
	const next = adopted
		? "Name a video that is completed, or leave adoptVideoId out to render a new one."
		: (hintFor({ code: video.failure_code ?? undefined }) ??
			"Change the prompt, looks or references, or run again to try the same request once more.");
	return `The render failed: ${code}: ${words} (video ${video.id}). HeyGen does not charge failed renders. ${next}`;
}

/** What is wrong with adopting a video that another resource of the stack holds. */
export const heldText = (videoId: string, holder: string) =>
	`the video ${videoId} is held by the resource "${holder.split("::").at(-1)}" of this stack, and two must not hold one. ` +
	"Take it out of the program there first, or rename that resource with an alias.";

/**
 * What an unfinished render tells the user in a replacement, which leaves no trace of it in the state. A run `within` that
 * time takes it over; undefined for one that `adoptVideoId` names.
 */
export function stillReplacing(videoId: string, why: unknown, within: string | undefined): Shared {
	const begin = `Video ${videoId} is submitted, but ${reasonOf(why)}. The old video stays. Run \`pulumi up\` again`;
	const beginBrief = `The old video stays; video ${videoId} is submitted in its place`;
	if (within === undefined) return new Shared(`${begin} to go on waiting.`, sharedReason(why, beginBrief));
	const text =
		`${begin} within ${within} to go on waiting; later it would be rendered, and paid, again. To take this one over ` +
		`whenever it is done, set adoptVideoId: "${videoId}".`;
	const brief = `${beginBrief}: take it over by \`pulumi up\` within ${within}, later by adoptVideoId`;
	return new Shared(text, sharedReason(why, brief));
}

/** What an unfinished render tells the user, and what the next run goes on from: `why` says what ended the wait. */
export function stillRendering(saved: Saved<VideoState>, why: unknown): Unfinished<VideoState> {
	const { id } = saved;
	const longer =
		why instanceof WaitTimedOut
			? " Set wait.timeout to wait longer."
			: " It goes on at HeyGen and is paid once.";
	const text = `Video ${id} is submitted, but ${reasonOf(why)}. Run \`pulumi up\` again to go on waiting.${longer}`;
	return new Unfinished(text, saved, sharedReason(why, `Video ${id} is submitted and kept`));
}

const reasonOf = (why: unknown) => (why instanceof Error ? why.message : String(why)).replace(/\.$/, "");

/** Whether HeyGen refused the request for its type's `word`. */
export function isRefusedType(error: unknown, word: string): boolean {
	if (!(error instanceof HeyGenError) || error.status !== 400 || error.code !== "invalid_parameter")
		return false;
	return error.param === "type" || (error.param === undefined && error.reason.includes(word));
}
