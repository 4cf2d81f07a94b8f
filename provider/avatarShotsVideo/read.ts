import { isNotFound } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";
import type { Context, Saved, Values } from "../lifecycle.ts";
import { refuseOtherAccount } from "./account.ts";
import { cameOut, STATE_VERSION, type VideoState } from "./state.ts";

/** A video as it is at HeyGen; undefined when it was deleted there. Costs nothing. */
export async function read(
	id: string,
	state: Values,
	context: Context,
): Promise<Saved<VideoState> | undefined> {
	const { signal, renders } = context;
	let video: Video;
	try {
		video = await context.heygen().getVideo(id, { signal });
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseOtherAccount(id, state["account"], context);
		return undefined;
	}
	const account = state["account"] ?? (await renders.account()).username;
	return {
		id,
		state: {
			...state,
			...("title" in state ? {} : { title: video.title ?? undefined }),
			...cameOut(video, state, context),
			status: video.status,
			account: String(account),
			stateVersion: STATE_VERSION,
		},
	};
}
