import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** The parts of a Pulumi.yaml that are read here. */
const Project = z.looseObject({
	name: z.string(),
	runtime: z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]),
	main: z.string().optional(),
});
export type Project = z.infer<typeof Project>;

/** The Pulumi.yaml of a folder, if there is one. */
export const projectFile = (folder: string): string | undefined =>
	["Pulumi.yaml", "Pulumi.yml"].map((name) => join(folder, name)).find(existsSync);

/** A project as its file says, or why the file is none. */
export function readProject(file: string): Project | string {
	try {
		const read = Project.safeParse(parse(readFileSync(file, "utf8")));
		if (read.success) return read.data;
		const [issue] = read.error.issues;
		return `${issue?.path.join(".") || "the file"}: ${issue?.message}`;
	} catch (error) {
		return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
	}
}

/** Where the engine starts the program and its provider, and they look for packages: the folder of `main`. */
export function programFolder(folder: string, main: string | undefined): string {
	const path = resolve(folder, main ?? ".");
	return isFolder(path) ? path : dirname(path);
}

/** The same for the project of a folder, and the folder itself where its Pulumi.yaml names none that is there. */
export function programFolderOf(folder: string): string {
	const file = projectFile(folder);
	const project = file === undefined ? "" : readProject(file);
	const program = typeof project === "string" ? folder : programFolder(folder, project.main);
	return isFolder(program) ? program : folder;
}

function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
}
