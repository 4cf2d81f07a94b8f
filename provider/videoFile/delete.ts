import { rm } from "node:fs/promises";
import type { Context, Values } from "../lifecycle.ts";
import { fileError } from "./failures.ts";
import { driftOf } from "./fileOnDisk.ts";
import { placeFault, placeOf, realPlace } from "./place.ts";
import type { Project } from "./project.ts";

/** Removes the file if it is still the one that was written, and the program wants none at its path any more. */
export async function remove(
	id: string,
	state: Values,
	{ note }: Context,
	{ folder, paths }: Project,
): Promise<void> {
	paths.saw(id, state["sha256"]);
	const { absolute } = placeOf(folder, id);
	try {
		if (paths.isClaimed(await realPlace(absolute))) return;
		const drift = await driftOf(absolute, state);
		if (drift === "missing") return;
		const fault = drift ?? (await placeFault(folder, id, state["allowOutside"] === true));
		if (fault === undefined) await rm(absolute, { force: true });
		else note(`"${id}" is kept: it ${drift === undefined ? fault : "was changed after it was written."}`);
	} catch (error) {
		throw fileError(`"${id}" was not removed`, error);
	}
}
