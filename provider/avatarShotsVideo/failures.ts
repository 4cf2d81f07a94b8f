import { HeyGenError } from "../../heygen/errors.ts";
import { redact } from "../../heygen/redact.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { WaitTimedOut } from "../rendering/wait.ts";

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

/** Why a submit was not taken, beside the input that it is about. */
export function refusalText(error: HeyGenError): string {
	const about = error.param === undefined ? "" : `${inputNamed(error.param)}: `;
	const aside =
		error.param === "callback_url"
			? " HeyGen may not take callbackUrl for this kind of video; a registered webhook endpoint is the safe way."
			: "";
	return `The video was not submitted and nothing was paid. ${about}${error.message}${aside}`;
}

/** What a submit that may or may not have been taken tells the user. */
export function noClearAnswerText(error: HeyGenError): string {
	return (
		`The submit got no clear answer and may have been accepted: ${error.message} Run \`pulumi up\` again within 24 ` +
		"hours: it asks under the same key and takes over what was accepted, so the video is paid once."
	);
}

/** What a failed render tells the user, `adopted` or rendered. HeyGen does not charge failed renders. */
export function renderFailedText(video: Video, adopted = false): string {
	const code = video.failure_code ?? "no code";
	const words = video.failure_message ? redact(video.failure_message) : "HeyGen gave no reason";
	const next = adopted
		? "Name a video that is completed, or leave adoptVideoId out to render a new one."
		: "Change the prompt, looks or references, or run again to try the same request once more.";
	return `The render failed: ${code}: ${words} (video ${video.id}). HeyGen does not charge failed renders. ${next}`;
}

/** What is wrong with adopting a video that another resource of the stack holds. */
export const heldText = (videoId: string, holder: string) =>
	`the video ${videoId} is held by the resource "${holder.split("::").at(-1)}" of this stack, and two must not hold one. ` +
	"Take it out of the program there first, or rename that resource with an alias.";

/** What an unfinished render tells the user in a replacement, which leaves no trace of it in the state. */
export function stillReplacingText(videoId: string, why: unknown): string {
	return (
		`Video ${videoId} is submitted, but ${reasonOf(why)}. The old video stays. Run \`pulumi up\` again within 24 hours to ` +
		"go on waiting; later it would be rendered, and paid, again. To take this one over whenever it is done, set " +
		`adoptVideoId: "${videoId}".`
	);
}

const reasonOf = (why: unknown) => (why instanceof Error ? why.message : String(why)).replace(/\.$/, "");

/** What an unfinished render tells the user: `why` says what ended the wait. */
export function stillRenderingText(videoId: string, why: unknown): string {
	const longer =
		why instanceof WaitTimedOut
			? " Set wait.timeout to wait longer."
			: " It goes on at HeyGen and is paid once.";
	return `Video ${videoId} is submitted, but ${reasonOf(why)}. Run \`pulumi up\` again to go on waiting.${longer}`;
}

/** Whether HeyGen refused the request for its type's `word`. */
export function isRefusedType(error: unknown, word: string): boolean {
	if (!(error instanceof HeyGenError) || error.status !== 400 || error.code !== "invalid_parameter")
		return false;
	return error.param === "type" || (error.param === undefined && error.reason.includes(word));
}
