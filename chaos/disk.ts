import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Enough for a project, its state and its videos. */
const SIZE = "24m";

/** A small disk of its own that can be filled to the last byte. */
export interface Disk {
	folder: string;
	fill(): void;
	/** Makes room again. */
	clear(): void;
	remove(): void;
}

/** Undefined where this user may not mount one. */
export function smallDisk(): Disk | undefined {
	const folder = mkdtempSync(join(tmpdir(), "pulumi-heygen-disk-"));
	const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder]);
	if (mounted.status !== 0) {
		rmSync(folder, { recursive: true });
		return undefined;
	}
	const filler = join(folder, "filler");
	return {
		folder,
		fill() {
			// A file that stays open keeps its place on the disk when it is removed.
			const file = openSync(filler, "w");
			try {
				for (const bytes of [65_536, 512]) writeUntilFull(file, Buffer.alloc(bytes));
			} finally {
				closeSync(file);
			}
		},
		clear: () => rmSync(filler, { force: true }),
		remove() {
			spawnSync("umount", ["-l", folder]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function writeUntilFull(file: number, chunk: Buffer): void {
	try {
		for (;;) writeSync(file, chunk);
	} catch (error) {
		if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOSPC") throw error;
	}
}
