import { relative, resolve, sep } from "node:path";
import type { SpecProblem } from "../specs/problem.ts";
import { plain } from "../specs/told.ts";

/**
 * A problem as a command of GitHub's workflows, which shows it beside the line in a pull request. `folder` is where its
 * source is named from, `root` the repository.
 */
export function annotationOf(problem: SpecProblem, folder: string, root: string): string {
	const { severity, source, line, column, property, reason } = problem;
	const file = relative(root, resolve(folder, source)).split(sep).join("/");
	const where = { file, line, col: column, title: property === "" ? "Video spec" : property };
	const properties = Object.entries(where)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
	return `::${severity} ${properties.join(",")}::${escapeMessage(plain(reason))}`;
}

const escapeMessage = (text: string) =>
	text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string) =>
	escapeMessage(plain(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
