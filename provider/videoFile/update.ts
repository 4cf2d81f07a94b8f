import { refuseElsewhere } from "../account.ts";
import type { Context, Values } from "../lifecycle.ts";
import { VideoGone } from "../rendering/wait.ts";
import { fileError } from "./failures.ts";
import { type Drift, driftOf } from "./fileOnDisk.ts";
import type { CheckedInputs } from "./inputs.ts";
import { placeOf } from "./place.ts";
import type { Project } from "./project.ts";
import { stateOf, type VideoFileState } from "./state.ts";
import { writeFile } from "./write.ts";

/** Fetches the file of another video or kind, or the same one again when it is missing or altered; else nothing. */
export async function update(
	id: string,
	state: Values,
	given: Values,
	context: Context,
	project: Project,
): Promise<VideoFileState> {
	const inputs = given as CheckedInputs;
	const before = state as VideoFileState;
	const same = inputs.videoId === before.videoId && inputs.kind === before.kind;
	const drift = await driftNow(id, before, project);
	if (same && drift === undefined) {
		const { sha256, sizeBytes, mimeType, mtimeMs, account } = before;
		return stateOf(inputs, { sha256, sizeBytes, mimeType, mtimeMs }, account);
	}
	try {
		const written = await writeFile(inputs, () => true, context, project);
		if (same && written.sha256 !== before.sha256) {
			context.note(`"${inputs.path}" was fetched again; HeyGen's file has changed since the last time.`);
		}
		return stateOf(inputs, written, (await context.renders.account()).username);
	} catch (error) {
		const { videoId } = inputs;
		const look = () => context.heygen().getVideo(videoId, { signal: context.signal });
		const held = { what: `Video ${videoId}`, account: before.account, look };
		if (same && error instanceof VideoGone) await refuseElsewhere(held, context);
		throw error;
	}
}

async function driftNow(id: string, state: VideoFileState, { folder }: Project): Promise<Drift | undefined> {
	try {
		return await driftOf(placeOf(folder, id).absolute, state);
	} catch (error) {
		throw fileError(`"${id}" cannot be looked at`, error);
	}
}
