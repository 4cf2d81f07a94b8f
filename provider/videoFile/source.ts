import { redact } from "../../heygen/redact.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import { waitBudget } from "../inputs/forms.ts";
import { type Context, Shared } from "../lifecycle.ts";
import { VideoGone, WaitTimedOut, waitForVideo } from "../rendering/wait.ts";
import { sharedReason } from "../shared.ts";
import type { Kind } from "./content.ts";
import type { CheckedInputs } from "./inputs.ts";

/** For how long a file is waited for that a completed video does not have yet, and how often it is looked for, in milliseconds. */
const LATE_MS = 120_000;
const LATE_STEP_MS = 5_000;

const LINKS: Readonly<Record<Kind, (video: Video) => string | null | undefined>> = {
	video: (video) => video.video_url,
	thumbnail: (video) => video.thumbnail_url,
	gif: (video) => video.gif_url,
};

/** A fresh link to a video's file. Waits for a render that goes on; throws for a video that has no such file. */
export async function freshLink(inputs: CheckedInputs, context: Context): Promise<string> {
	const { videoId, kind } = inputs;
	const { clock, signal, report } = context;
	const start = clock.elapsed();
	for (;;) {
		const video = await finished(inputs, context);
		if (video.status === "failed") throw new Error(failedText(video));
		const link = LINKS[kind](video);
		if (link) return link;
		if (clock.elapsed() - start >= LATE_MS) {
			throw new Error(
				`Video ${videoId} is completed, but HeyGen offers no ${kind} of it. Run \`pulumi up\` again later, or choose ` +
					"another kind.",
			);
		}
		report(`waiting for the video's ${kind}`);
		await clock.sleep(LATE_STEP_MS, signal);
	}
}

async function finished(inputs: CheckedInputs, context: Context): Promise<Video> {
	const { heygen, renders, clock, signal, report } = context;
	const how = { heygen: heygen(), poller: renders.poller, clock, signal, report, lookFirst: true };
	try {
		return await waitForVideo(inputs.videoId, { ...how, timeoutMs: waitBudget(inputs) });
	} catch (error) {
		if (error instanceof WaitTimedOut) {
			throw new Shared(
				`Video ${inputs.videoId} is ${error.message}, so there is no file of it yet. Run \`pulumi up\` again, or set ` +
					"wait.timeout to wait longer.",
				sharedReason(error, `There is no file of video ${inputs.videoId} yet`),
			);
		}
		if (!(error instanceof VideoGone)) throw error;
		throw new VideoGone(
			`The account of this API key has no video ${inputs.videoId}, or no longer. Check videoId and the key.`,
		);
	}
}

function failedText({ id, failure_code: code, failure_message: message }: Video): string {
	const words = message ? `: ${redact(message)}` : "";
	return `Video ${id} failed at HeyGen (${code ?? "no code"}${words}), so there is no file of it.`;
}
