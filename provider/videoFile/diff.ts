import { type Difference, unknown, type Values } from "../lifecycle.ts";
import { fileError } from "./failures.ts";
import { driftOf } from "./fileOnDisk.ts";
import { placeOf } from "./place.ts";
import type { Project } from "./project.ts";

const IN_PLACE = ["videoId", "kind", "overwrite", "allowOutside", "wait"] as const;

/** What a change does: another path is another file, all else is in place; a file that is not as written is mended. */
export async function diff(
	id: string,
	state: Values,
	inputs: Values,
	{ folder, paths }: Project,
): Promise<Difference> {
	paths.saw(id, state["sha256"]);
	const { path } = inputs;
	if (path === unknown || placeOf(folder, String(path)).id !== id)
		return { changed: true, replaces: ["path"] };
	const asked = IN_PLACE.some(
		(name) => inputs[name] === unknown || JSON.stringify(state[name]) !== JSON.stringify(inputs[name]),
	);
	if (asked || state["drift"] !== undefined) return { changed: true, replaces: [] };
	try {
		return {
			changed: (await driftOf(placeOf(folder, id).absolute, state, false)) !== undefined,
			replaces: [],
		};
	} catch (error) {
		throw fileError(`"${id}" cannot be looked at`, error);
	}
}
