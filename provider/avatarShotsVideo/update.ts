import { OtherAccount } from "../account.ts";
import { waitBudget } from "../inputs/forms.ts";
import { type Context, Unfinished, type Values } from "../lifecycle.ts";
import { VideoGone, waitForVideo } from "../rendering/wait.ts";
import { refuseOtherAccount, whyEnded } from "./account.ts";
import { renderFailedText, stillRendering } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import { askedFor, cameOut, isFinal, type VideoState } from "./state.ts";

/** What came out of a render, as opposed to what was asked for. */
const OUTCOME = [
	"status",
	"videoUrl",
	"thumbnailUrl",
	"gifUrl",
	"videoPageUrl",
	"videoDuration",
	"createdAt",
	"completedAt",
	"failureCode",
	"failureMessage",
	"account",
	"stateVersion",
];

/** Takes over inputs that need no render, and goes on waiting where an earlier run could not. */
export async function update(
	id: string,
	state: Values,
	given: Values,
	context: Context,
): Promise<VideoState> {
	const inputs = given as CheckedInputs;
	const outcome = Object.fromEntries(OUTCOME.map((name) => [name, state[name]]));
	const next = { ...askedFor(inputs), ...outcome } as VideoState;
	if (state["title"] !== inputs.title) {
		context.note("HeyGen cannot rename a video: the new title is used at the next render.");
	}
	const result = isFinal(state["status"]) ? next : await resume(id, next, inputs, context);
	context.renders.resources.keep(id, context.urn);
	return result;
}

async function resume(
	id: string,
	state: VideoState,
	inputs: CheckedInputs,
	context: Context,
): Promise<VideoState> {
	const { heygen, renders, clock, signal, report } = context;
	const how = { heygen: heygen(), poller: renders.poller, clock, signal, report };
	try {
		await refuseOtherAccount(id, state.account, context);
		const video = await waitForVideo(id, { ...how, timeoutMs: waitBudget(inputs), lookFirst: true });
		const known = { ...state, ...cameOut(video, state, context), status: video.status };
		if (video.status !== "failed") return known;
		throw new Unfinished(`${renderFailedText(video)} The next \`pulumi up\` renders it anew.`, {
			id,
			state: known,
		});
	} catch (error) {
		if (error instanceof Unfinished || error instanceof OtherAccount) throw error;
		const why = await whyEnded(error, context);
		if (why instanceof VideoGone) {
			const text = `Video ${id} was deleted at HeyGen while it was waited for. The next \`pulumi up\` renders it anew.`;
			throw new Unfinished(text, { id, state: { ...state, status: "gone" } });
		}
		throw stillRendering({ id, state }, why);
	}
}
