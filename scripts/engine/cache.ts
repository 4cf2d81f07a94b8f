import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { withLock } from "../lock.ts";

const UNFINISHED = ".unfinished-";

/**
 * The folder that outlives `npm ci` and is shared by all checkouts: `PULUMI_HEYGEN_CACHE`, else
 * `XDG_CACHE_HOME/pulumi-heygen`, else the platform's usual place for a user's cache.
 */
export function userCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
	if (env["PULUMI_HEYGEN_CACHE"]) return env["PULUMI_HEYGEN_CACHE"];
	if (env["XDG_CACHE_HOME"]) return join(env["XDG_CACHE_HOME"], "pulumi-heygen");
	if (platform === "darwin") return join(homedir(), "Library", "Caches", "pulumi-heygen");
	if (platform === "win32") {
		return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "pulumi-heygen", "Cache");
	}
	return join(homedir(), ".cache", "pulumi-heygen");
}

/** The folder of engines, one subfolder for each set of versions. */
export function enginesFolder(env: NodeJS.ProcessEnv): string {
	return join(userCache(env), "engine");
}

/** The name of a set of programs made for this machine, such as `cli-3.259.0-host-3.68.0-linux-x64`. */
export function forThisMachine(versions: string): string {
	return `${versions}-${process.platform}-${process.arch}`;
}

/**
 * The folder `name` under `parent`, filled by `fill` when it is not there yet. It appears under its name only
 * when `fill` has ended well, so a folder that exists is whole, whatever killed an earlier attempt. Of two
 * processes that come at once, one fills and the other waits, after `onWait`.
 */
export async function filledOnce(
	parent: string,
	name: string,
	fill: (folder: string) => Promise<void>,
	onWait?: () => void,
): Promise<string> {
	const finished = join(parent, name);
	if (existsSync(finished)) return finished;
	const work = async () => {
		if (existsSync(finished)) return finished;
		await removeUnfinished(parent, name);
		await mkdir(parent, { recursive: true });
		const folder = await mkdtemp(join(parent, `${UNFINISHED}${name}-`));
		try {
			await fill(folder);
			await rename(folder, finished);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
		return finished;
	};
	return withLock(join(parent, `${name}.lock`), work, onWait === undefined ? {} : { onWait });
}

/** Called under the lock: what lies there unfinished belongs to nobody who is alive. */
async function removeUnfinished(parent: string, name: string): Promise<void> {
	for (const entry of await readdir(parent)) {
		if (entry.startsWith(`${UNFINISHED}${name}-`))
			await rm(join(parent, entry), { recursive: true, force: true });
	}
}
