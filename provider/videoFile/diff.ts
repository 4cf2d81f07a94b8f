import { type Context, type Difference, unknown, type Values } from "../lifecycle.ts";
import { fileError } from "./failures.ts";
import { type Drift, driftOf } from "./fileOnDisk.ts";
import { placeOf } from "./place.ts";
import type { Project } from "./project.ts";

const IN_PLACE = ["videoId", "kind", "overwrite", "allowOutside", "wait"] as const;

const TOLD: Readonly<Record<Drift, string>> = {
	missing: "is not there any more",
	altered: "was changed by someone else since it was written",
};

/** What a change does: another path is another file, all else is in place; a file that is not as written is mended. */
export async function diff(
	id: string,
	state: Values,
	inputs: Values,
	{ note }: Context,
	{ folder, paths }: Project,
): Promise<Difference> {
	paths.saw(id, state["sha256"]);
	const { path } = inputs;
	if (path === unknown || placeOf(folder, String(path)).id !== id)
		return { changed: true, replaces: ["path"] };
	const asked = IN_PLACE.some(
		(name) => inputs[name] === unknown || JSON.stringify(state[name]) !== JSON.stringify(inputs[name]),
	);
	if (asked) return { changed: true, replaces: [] };
	try {
		const found = state["drift"] as Drift | undefined;
		const drift = found ?? (await driftOf(placeOf(folder, id).absolute, state, false));
		if (drift !== undefined) note(`"${id}" ${TOLD[drift]}: \`pulumi up\` fetches it again, free of charge.`);
		return { changed: drift !== undefined, replaces: [] };
	} catch (error) {
		throw fileError(`"${id}" cannot be looked at`, error);
	}
}
