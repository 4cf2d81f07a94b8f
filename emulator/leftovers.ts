import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what an emulator that was killed has left in the data folder: the files of videos that are deleted, and
 * files that were being written.
 */
export function removeLeftovers(dataFolder: string, isLive: (id: string) => boolean): void {
	for (const id of namesIn(join(dataFolder, "files"))) {
		const folder = join(dataFolder, "files", id);
		if (isLive(id)) removeUnfinished(folder);
		else rmSync(folder, { recursive: true, force: true });
	}
	removeUnfinished(join(dataFolder, "looks"));
}

function removeUnfinished(folder: string): void {
	for (const name of namesIn(folder)) if (name.endsWith(".tmp")) rmSync(join(folder, name), { force: true });
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
