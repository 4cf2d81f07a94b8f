import { inputProblems } from "../inputs/problems.ts";
import type { Checked, Context, Problem, Values } from "../lifecycle.ts";
import { RULES } from "./inputs.ts";
import { placeFault, placeOf, realPlace } from "./place.ts";
import type { Project } from "./project.ts";

/** Validates a video file's inputs, looks whether its path can be written to, and fills in defaults. */
export async function check(given: Values, context: Context, project: Project): Promise<Checked> {
	const problems = [...context.settings.problems, ...inputProblems(given, RULES)];
	const inputs = {
		...given,
		kind: given["kind"] ?? "video",
		overwrite: given["overwrite"] ?? false,
		allowOutside: given["allowOutside"] ?? false,
	};
	if (problems.length > 0) return { inputs, problems };
	return { inputs, problems: await pathProblems(inputs, context, project) };
}

async function pathProblems(
	{ path, allowOutside }: Values,
	{ urn }: Context,
	{ folder, paths }: Project,
): Promise<Problem[]> {
	if (typeof path !== "string") return [];
	const problem = (reason: string) => [{ property: "path", reason: `"${path}" ${reason}` }];
	const fault = await placeFault(folder, path, allowOutside !== false);
	if (fault !== undefined) return problem(fault);
	const place = await realPlace(placeOf(folder, path).absolute);
	const other = urn === "" ? undefined : paths.claim(place, urn);
	if (other === undefined) return [];
	return problem(`is the path of ${nameOf(other)} too; each file needs a path of its own.`);
}

const nameOf = (urn: string) => `the video file "${urn.slice(urn.lastIndexOf("::") + 2)}"`;
