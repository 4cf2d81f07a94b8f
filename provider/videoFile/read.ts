import type { Saved, Values } from "../lifecycle.ts";
import { fileError } from "./failures.ts";
import { driftOf } from "./fileOnDisk.ts";
import { placeOf } from "./place.ts";
import type { Project } from "./project.ts";
import type { VideoFileState } from "./state.ts";

/**
 * Looks whether the file is still as it was written; HeyGen is not asked, since a file outlives its video. Undefined when
 * no state tells what was written: a path alone is no resource.
 */
export async function read(
	id: string,
	state: Values,
	{ folder }: Project,
): Promise<Saved<VideoFileState> | undefined> {
	if (state["sha256"] === undefined) return undefined;
	try {
		const drift = await driftOf(placeOf(folder, id).absolute, state);
		return { id, state: { ...(state as VideoFileState), drift } };
	} catch (error) {
		throw fileError(`"${id}" cannot be looked at`, error);
	}
}
