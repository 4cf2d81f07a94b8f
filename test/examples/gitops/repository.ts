import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../../scripts/childProcess.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const example = join(root, "examples", "gitops");
/** What a run of the example in this repository leaves behind. */
const LOCAL = /(^|\/)(dist|Pulumi\.example\.yaml)$/;

const COMMAND = join(".bin", "pulumi-heygen");

/** A copy of the example as a repository of its own, on main, and its remote, from which jobs check out. */
export interface Repository {
	/** The working copy of the one who edits. */
	folder: string;
	/** Changes a file on a branch, in one commit. Gives back the commit. */
	edit(branch: string, file: string, change: (text: string) => string): Promise<string>;
	/** Merges a branch into main, as after a review. Gives back the commit. */
	merge(branch: string): Promise<string>;
	/** Commits what lies in the working copy to main. */
	commit(): Promise<string>;
	/** What actions/checkout does. */
	checkOut(ref: string, folder: string): Promise<void>;
}

export async function createRepository(folder: string, remote: string): Promise<Repository> {
	const git = async (cwd: string, ...args: string[]) => {
		const who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.com"];
		const { code, stdout, stderr } = await run("git", [...who, ...args], { cwd, timeoutSeconds: 30 });
		assert.equal(code, 0, `git ${args.join(" ")}: ${stderr}`);
		return stdout.trim();
	};
	const commit = async (branch: string) => {
		await git(folder, "add", "--all");
		await git(folder, "commit", "--quiet", "--message", "Edit the videos");
		await git(folder, "push", "--quiet", "origin", branch);
		return git(folder, "rev-parse", "HEAD");
	};

	await cp(example, folder, { recursive: true, filter: (path) => !LOCAL.test(path.slice(example.length)) });
	await mkdir(remote);
	await git(remote, "init", "--quiet", "--bare", "--initial-branch", "main");
	await git(folder, "init", "--quiet", "--initial-branch", "main");
	await git(folder, "remote", "add", "origin", remote);

	return {
		folder,
		commit: () => commit("main"),
		async edit(branch, file, change) {
			await git(folder, "checkout", "--quiet", "-B", branch, "main");
			const text = await readFile(join(folder, file), "utf8");
			assert.notEqual(change(text), text, `nothing changes in ${file}`);
			await writeFile(join(folder, file), change(text));
			await git(folder, "add", "--all");
			await git(folder, "commit", "--quiet", "--message", "Edit a video");
			await git(folder, "push", "--quiet", "--force", "origin", branch);
			return git(folder, "rev-parse", "HEAD");
		},
		async merge(branch) {
			await git(folder, "checkout", "--quiet", "main");
			await git(folder, "merge", "--quiet", "--no-ff", "--no-edit", branch);
			await git(folder, "push", "--quiet", "origin", "main");
			return git(folder, "rev-parse", "HEAD");
		},
		async checkOut(ref, to) {
			await git(remote, "worktree", "prune");
			await git(dirname(to), "clone", "--quiet", remote, to);
			await git(to, "checkout", "--quiet", ref);
		},
	};
}

/** In place of `npm ci`: a node_modules with what is installed here, and this package as its command. */
export async function linkPackages(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(join(folder, ".bin"), { recursive: true });
	for (const place of [".", ".bin"]) {
		for (const name of await readdir(join(root, "node_modules", place))) {
			if ([".bin", ".package-lock.json"].includes(name) || join(place, name) === COMMAND) continue;
			await symlink(join(root, "node_modules", place, name), join(folder, place, name));
		}
	}
	await symlink(join(root, "dist", "cli", "main.js"), join(folder, COMMAND));
}
