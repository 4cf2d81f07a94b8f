import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "../test/engine/support/project.ts";

/** Mends, as docs/recovery.md says, what a run's output tells of the engine's own files. Gives what had to be done. */
export async function mended(project: Project, text: string): Promise<string[]> {
	const done: string[] = [];
	if (/currently locked/.test(text)) {
		await project.pulumi("cancel", "--yes");
		done.push("pulumi cancel");
	}
	if (/failed to load checkpoint: EOF/.test(text)) {
		const stack = `${project.environment["PULUMI_STACK"]}.json.attrs`;
		await rm(join(project.folder, "backend", ".pulumi", "stacks", "shop", stack), { force: true });
		done.push("the state's empty note removed");
	}
	if (/failed to load checkpoint: .*unexpected end of JSON input/.test(text)) {
		const restored = await restoreState(project);
		if (!restored) await makeAnew(project);
		done.push(restored ? "the state's copy put in its place" : "the stack made anew");
	}
	return done;
}

/** Puts the newest copy that the engine keeps of a stack's state, and that is whole, in its place; false where none is. */
async function restoreState({ folder, environment }: Project): Promise<boolean> {
	const stack = environment["PULUMI_STACK"] ?? "";
	const own = join(folder, "backend", ".pulumi");
	const state = join(own, "stacks", "shop", `${stack}.json`);
	const backups = join(own, "backups", "shop", stack);
	const older = (await readdir(backups).catch(() => []))
		.filter((name) => name.endsWith(".json"))
		.sort()
		.reverse();
	for (const copy of [`${state}.bak`, ...older.map((name) => join(backups, name))]) {
		const text = await readFile(copy, "utf8").catch(() => "");
		if (!isJson(text)) continue;
		await writeFile(state, text);
		return true;
	}
	return false;
}

async function makeAnew(project: Project): Promise<void> {
	const stack = project.environment["PULUMI_STACK"] ?? "";
	const folder = join(project.folder, "backend", ".pulumi", "stacks", "shop");
	for (const name of await readdir(folder)) {
		if (name.startsWith(`${stack}.json`)) await rm(join(folder, name));
	}
	await project.pulumi("stack", "init", stack);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
