import { isNotFound } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { waitBudget } from "../inputs/forms.ts";
import type { Context, Saved, Values } from "../lifecycle.ts";
import { waitForVideo } from "../rendering/wait.ts";
import { refuseOtherAccounts, untilOthersShow, whyEnded } from "./account.ts";
import { type RenderClaim, renderClaim } from "./cap.ts";
import { heldText, renderFailedText, stillRendering, stillReplacing } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import type { AssetOfFile } from "./renderRequest.ts";
import { askedFor, cameOut, isFinal, STATE_VERSION, type VideoState } from "./state.ts";
import { RenderFailed, submit } from "./submit.ts";
import { isEarlierThere, takenOverFor } from "./takeOver.ts";
import { uploadReferences } from "./uploadReferences.ts";

/** Renders a video, or takes over the one that `adoptVideoId` names, and waits until it is completed. */
export function create(given: Values, context: Context): Promise<Saved<VideoState>> {
	return context.renders.resources.creating(context.urn, () => createVideo(given as CheckedInputs, context));
}

async function createVideo(inputs: CheckedInputs, context: Context): Promise<Saved<VideoState>> {
	const key = inputs.submissionKey;
	if (key === undefined) return made(inputs, context, adopt);
	const claim = renderClaim(context);
	try {
		await untilOthersShow(context);
		return await made(inputs, context, (creation) => renderInSlot(key, claim, creation));
	} finally {
		claim.settle();
	}
}

interface Creation {
	inputs: CheckedInputs;
	saved(video: Video): Saved<VideoState>;
	context: Context;
}

/** Gets the video, by either way, for the account that the stack's videos belong to. */
async function made(
	inputs: CheckedInputs,
	context: Context,
	get: (creation: Creation) => Promise<Video>,
): Promise<Saved<VideoState>> {
	const { urn, renders } = context;
	await refuseOtherAccounts(context);
	const { username } = await renders.account();
	const saved = (video: Video): Saved<VideoState> => ({
		id: video.id,
		state: {
			...askedFor(inputs),
			...cameOut(video, {}, context),
			status: video.status,
			account: username,
			stateVersion: STATE_VERSION,
		},
	});

	const video = await get({ inputs, saved, context });
	renders.resources.keep(video.id, urn);
	return saved(video);
}

/**
 * A render is counted, and the files are uploaded, before a slot is asked for: it is for renders. What an earlier run has
 * paid is not counted.
 */
async function renderInSlot(key: string, claim: RenderClaim, creation: Creation) {
	const { inputs, context } = creation;
	if (context.renders.cap.most !== undefined) {
		if (await isEarlierThere(key, context)) claim.settle();
		else await claim.take();
	}
	const assetOfFile = await uploadReferences(inputs, context).catch((error: unknown) => {
		claim.giveBack();
		throw error;
	});
	return context.renders.inSlot(
		() => render(key, claim, assetOfFile, creation),
		() => context.report("waiting for a free render slot"),
	);
}

async function render(
	key: string,
	claim: RenderClaim,
	assetOfFile: AssetOfFile,
	creation: Creation,
): Promise<Video> {
	const { inputs, context } = creation;
	const budgetMs = waitBudget(inputs);
	const start = context.clock.elapsed();
	const { videoId, video } = await submit(inputs, assetOfFile, key, claim, context, budgetMs);
	if (video?.status === "completed") return video;
	const leftMs = Math.max(1_000, budgetMs - (context.clock.elapsed() - start));
	return finish(videoId, video, leftMs, creation);
}

async function adopt(creation: Creation): Promise<Video> {
	const { inputs, context } = creation;
	const videoId = inputs.adoptVideoId;
	if (videoId === undefined) throw new Error("There is neither a render to submit nor a video to adopt.");
	refuseHeld(videoId, context);
	const video = await context
		.heygen()
		.getVideo(videoId, { signal: context.signal })
		.catch((error: unknown) => {
			if (!isNotFound(error)) throw error;
			throw new Error(
				`adoptVideoId: the account of this API key has no video ${videoId}. Check the id, or leave adoptVideoId ` +
					"out to render a new one.",
			);
		});
	// Another resource may have come to hold it while it was read.
	refuseHeld(videoId, context);
	if (isFinal(video.status)) completedOnly(video, inputs);
	context.renders.resources.keep(videoId, context.urn);
	context.note(`Video ${videoId} is adopted as it is: the inputs are recorded, and not rendered.`);
	if (isFinal(video.status)) return video;
	return finish(videoId, video, waitBudget(inputs), creation);
}

function refuseHeld(videoId: string, { renders, urn }: Context): void {
	const holder = renders.resources.otherHolder(videoId, urn);
	if (holder !== undefined) throw new Error(`adoptVideoId: ${heldText(videoId, holder)}`);
}

/** Waits for a video that exists. From here on its id must not be lost, so every end but a failed render keeps it. */
async function finish(
	videoId: string,
	seen: Video | undefined,
	timeoutMs: number,
	{ inputs, saved, context }: Creation,
): Promise<Video> {
	context.renders.resources.keep(videoId, context.urn);
	try {
		const { heygen, renders, clock, signal, report } = context;
		const how = { heygen: heygen(), poller: renders.poller, clock, signal, report, timeoutMs };
		return completedOnly(await waitForVideo(videoId, how), inputs);
	} catch (error) {
		if (error instanceof RenderFailed) throw error;
		const why = await whyEnded(error, context);
		// An unfinished replacement would take the old video's place: the old one stays, and the next run finds this
		// one again by its submission key, or by the mark in its title.
		if (context.renders.resources.isReplacement(context.urn)) {
			const key = inputs.submissionKey;
			const within = key === undefined ? undefined : takenOverFor(seen?.title, key, context);
			throw stillReplacing(videoId, why, within);
		}
		throw stillRendering(saved(seen ?? { id: videoId, status: "pending" }), why);
	}
}

function completedOnly(video: Video, { submissionKey }: CheckedInputs): Video {
	if (video.status !== "failed") return video;
	throw new RenderFailed(renderFailedText(video, submissionKey === undefined));
}
