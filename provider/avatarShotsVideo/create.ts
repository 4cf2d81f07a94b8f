import { isNotFound } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { waitBudget } from "../inputs/forms.ts";
import { type Context, type Saved, Unfinished, type Values } from "../lifecycle.ts";
import { waitForVideo } from "../rendering/wait.ts";
import { refuseOtherAccount } from "./account.ts";
import { renderFailedText, stillRenderingText } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import type { AssetOfFile } from "./renderRequest.ts";
import { askedFor, cameOut, isFinal, STATE_VERSION, type VideoState } from "./state.ts";
import { RenderFailed, submit } from "./submit.ts";
import { uploadReferences } from "./uploadReferences.ts";

/** Renders a video, or takes over the one that `adoptVideoId` names, and waits until it is completed. */
export async function create(given: Values, context: Context): Promise<Saved<VideoState>> {
	const inputs = given as CheckedInputs;
	const { urn, renders } = context;
	const old = renders.resources.seen(urn);
	if (old !== undefined) await refuseOtherAccount(old.id, old.account, context);
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

	const key = inputs.submissionKey;
	const video =
		key === undefined ? await adopt(inputs, saved, context) : await renderInSlot(inputs, key, saved, context);
	renders.resources.keep(video.id);
	return saved(video);
}

type Save = (video: Video) => Saved<VideoState>;

/** The files are uploaded before a slot is asked for: it is for renders. */
async function renderInSlot(inputs: CheckedInputs, key: string, saved: Save, context: Context) {
	const assetOfFile = await uploadReferences(inputs, context);
	return context.renders.inSlot(
		() => render(inputs, assetOfFile, key, saved, context),
		() => context.report("waiting for a free render slot"),
	);
}

async function render(
	inputs: CheckedInputs,
	assetOfFile: AssetOfFile,
	key: string,
	saved: Save,
	context: Context,
): Promise<Video> {
	const budgetMs = waitBudget(inputs);
	const start = context.clock.elapsed();
	const { videoId, video } = await submit(inputs, assetOfFile, key, context, budgetMs);
	if (video?.status === "completed") return video;
	const leftMs = Math.max(1_000, budgetMs - (context.clock.elapsed() - start));
	return finish(videoId, video, leftMs, saved, context);
}

async function adopt(inputs: CheckedInputs, saved: Save, context: Context): Promise<Video> {
	const videoId = inputs.adoptVideoId;
	if (videoId === undefined) throw new Error("There is neither a render to submit nor a video to adopt.");
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
	if (isFinal(video.status)) return completedOnly(video);
	return finish(videoId, video, waitBudget(inputs), saved, context);
}

/** Waits for a video that exists. From here on its id must not be lost, so every end but a failed render keeps it. */
async function finish(
	videoId: string,
	seen: Video | undefined,
	timeoutMs: number,
	saved: Save,
	context: Context,
): Promise<Video> {
	context.renders.resources.keep(videoId);
	try {
		const { heygen, renders, clock, signal, report } = context;
		const how = { heygen: heygen(), poller: renders.poller, clock, signal, report, timeoutMs };
		return completedOnly(await waitForVideo(videoId, how));
	} catch (error) {
		if (error instanceof RenderFailed) throw error;
		const text = stillRenderingText(videoId, error);
		// An unfinished replacement would take the old video's place: the old one stays, and the next run finds this
		// one again by its submission key.
		if (context.renders.resources.isReplacement(context.urn)) throw new Error(text);
		throw new Unfinished(text, saved(seen ?? { id: videoId, status: "pending" }));
	}
}

function completedOnly(video: Video): Video {
	if (video.status !== "failed") return video;
	throw new RenderFailed(renderFailedText(video));
}
