/**
 * Compiles the package into `dist/`. Does nothing when the sources have not changed since the last build,
 * writes nothing on success, and leaves the last whole build in place when the compiler finds an error.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { run } from "./childProcess.ts";
import { withLock } from "./lock.ts";
import { runScript, UserError } from "./userError.ts";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const scratch = join(root, ".pulumi-heygen", "build");
const stampFile = join(root, ".pulumi-heygen", "build.sha256");
const settings = ["tsconfig.json", "tsconfig.build.json", "package.json", "package-lock.json"];

async function build(): Promise<number> {
	if (await isUpToDate()) return 0;
	return withLock(`${scratch}.lock`, async () => ((await isUpToDate()) ? 0 : compileAndReplace()));
}

async function isUpToDate(): Promise<boolean> {
	if (!existsSync(dist)) return false;
	const stamp = await readFile(stampFile, "utf8").catch(() => undefined);
	return stamp === (await sourcesHash());
}

/** A hash over the path and the content of every file that the compiler's output depends on. */
async function sourcesHash(): Promise<string> {
	const config = JSON.parse(await readFile(join(root, "tsconfig.build.json"), "utf8")) as {
		include: string[];
	};
	const files = [...settings];
	for (const folder of config.include) {
		const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
		for (const entry of entries) if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
	}
	const hash = createHash("sha256");
	for (const file of files.sort()) {
		const path = file.startsWith(root) ? file : join(root, file);
		const content = await readFile(path).catch(ignoreMissing);
		if (content === undefined) continue;
		hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content);
	}
	return hash.digest("hex");
}

async function compileAndReplace(): Promise<number> {
	const stamp = await sourcesHash();
	await rm(scratch, { recursive: true, force: true });
	await mkdir(scratch, { recursive: true });

	const fresh = join(scratch, "dist");
	const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
	const args = [tsc, "-p", "tsconfig.build.json", "--outDir", fresh, "--noEmitOnError", "--pretty", "false"];
	const outcome = await run(process.execPath, args, { cwd: root, timeoutSeconds: 300 });
	if (outcome.code !== 0) {
		throw new UserError(
			`${outcome.stdout}${outcome.stderr}${outcome.problem ?? ""}\nThe build failed: see above.`,
		);
	}
	await chmod(join(fresh, "cli", "main.js"), 0o755);

	await rm(stampFile, { force: true });
	const previous = join(scratch, "previous");
	await rename(dist, previous).catch(ignoreMissing);
	await rename(fresh, dist);
	await writeFile(stampFile, stamp);
	await rm(scratch, { recursive: true, force: true });
	return 0;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== "ENOENT") throw error;
	return undefined;
}

await runScript(build);
