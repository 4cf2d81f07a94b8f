import { sameAccount } from "../account.ts";
import type { Context, Saved, Values } from "../lifecycle.ts";
import { findVideo } from "../rendering/find.ts";
import { withoutMark } from "../titleMark.ts";
import { refuseOtherAccount } from "./account.ts";
import { cameOut, STATE_VERSION, type VideoState } from "./state.ts";

/** A video as it is at HeyGen; undefined when it was deleted there. Costs nothing. */
export async function read(
	id: string,
	state: Values,
	context: Context,
): Promise<Saved<VideoState> | undefined> {
	const { clock, signal, renders } = context;
	await refuseOtherAccount(id, state["account"], context);
	const video = await findVideo(id, { heygen: context.heygen(), clock, signal });
	if (video === undefined) {
		await sameAccount(context);
		return undefined;
	}
	const account = state["account"] ?? (await renders.account()).username;
	return {
		id,
		state: {
			...state,
			// Of one that the stack made, the title is what was asked for; what is only looked up has HeyGen's.
			...("prompt" in state ? {} : { title: withoutMark(video.title) }),
			...cameOut(video, state, context),
			status: video.status,
			account: String(account),
			stateVersion: STATE_VERSION,
		},
	};
}
