import { styleText } from "node:util";
import { type Command, Option } from "commander";
import type { LoadedSpecs } from "../specs/load.ts";
import { annotationOf } from "./annotations.ts";
import { newCommand } from "./command.ts";
import { atLeastOne } from "./numbers.ts";

interface Flags {
	readonly json?: boolean;
	readonly github?: boolean;
	readonly maxVideos?: number;
}

/** `pulumi-heygen validate`: checks specs without the engine, a key or a request. */
export function validateCommand(): Command {
	return newCommand("validate")
		.description("Check video specs, without the engine and without a key.")
		.argument("[paths...]", "files, globs, or folders with *.video.yaml (default: this folder)")
		.addOption(new Option("--json", "print the result as JSON").conflicts("github"))
		.addOption(new Option("--github", "print problems as annotations of a GitHub workflow"))
		.option(
			"--max-videos <number>",
			"the most videos that all specs may describe (default: 5000)",
			atLeastOne,
		)
		.addHelpText("after", HELP)
		.action(validate);
}

const HELP = `
Paths start from this folder. What a spec reads lies in the project, the nearest folder above with a Pulumi.yaml; what it
downloads stays in the program's folder, that of \`main\` in Pulumi.yaml.

Examples:
  npx pulumi-heygen validate videos/
  npx pulumi-heygen validate "videos/**/*.video.yaml" --github
  npx pulumi-heygen validate videos/launch.video.yaml --json | jq '.problems'

Exit codes: 0 all specs are right (there may be warnings), 1 something is wrong with them, 2 wrong use.
`;

async function validate(paths: string[], { json, github, maxVideos }: Flags): Promise<void> {
	const { loadSpecs, MOST_VIDEOS, projectFolder } = await import("../specs/index.ts");
	const { programFolderOf } = await import("./project.ts");
	const folder = process.cwd();
	const project = projectFolder(folder);
	const loaded = loadSpecs(paths.length === 0 ? ["."] : paths, {
		folder,
		project,
		program: programFolderOf(project),
		mostVideos: maxVideos ?? MOST_VIDEOS,
	});
	const print = json ? asJson : github ? asAnnotations : asText;
	process.stdout.write(await print(loaded, folder));
	process.exitCode = loaded.ok ? 0 : 1;
}

function asJson({ specs, videos, problems, ok }: LoadedSpecs): string {
	const told = { ok, specs, videos: ok ? videos.map(({ name }) => name) : [], problems };
	return `${JSON.stringify(told, undefined, 2)}\n`;
}

function asAnnotations(loaded: LoadedSpecs, folder: string): string {
	const root = process.env["GITHUB_WORKSPACE"] || folder;
	return loaded.problems.map((problem) => `${annotationOf(problem, folder, root)}\n`).join("");
}

async function asText(loaded: LoadedSpecs): Promise<string> {
	const { counted, lineOf } = await import("../specs/told.ts");
	const { specs, videos, problems, ok } = loaded;
	const lines = problems.map((problem) =>
		styleText(problem.severity === "error" ? "red" : "yellow", lineOf(problem)),
	);
	const errors = problems.filter(({ severity }) => severity === "error").length;
	const sum = ok
		? `${counted(specs, "spec")}, ${counted(videos.length, "video")}: all right.`
		: `${counted(errors, "problem")}${specs === 0 ? "" : ` in ${counted(specs, "spec")}`}. Nothing was rendered.`;
	return [...lines, styleText(ok ? "green" : "bold", sum), ""].join("\n");
}
