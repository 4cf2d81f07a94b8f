import type { Context, Saved, Values } from "../lifecycle.ts";
import type { CheckedInputs } from "./inputs.ts";
import { placeOf } from "./place.ts";
import type { Project } from "./project.ts";
import { stateOf, type VideoFileState } from "./state.ts";
import { writeFile } from "./write.ts";

/** Fetches the file; one that is there is replaced only when the stack has written it, or the user says so. */
export async function create(
	given: Values,
	context: Context,
	project: Project,
): Promise<Saved<VideoFileState>> {
	const inputs = given as CheckedInputs;
	const { id } = placeOf(project.folder, inputs.path);
	const { username } = await context.renders.account();
	const mayReplace = (sha256: string) => inputs.overwrite || project.paths.isOwn(id, sha256);
	const written = await writeFile(inputs, mayReplace, context, project);
	return { id, state: stateOf(inputs, written, username) };
}
