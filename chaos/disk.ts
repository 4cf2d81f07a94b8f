import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
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
			const file = openSync(filler, "w");
			for (const chunk of [Buffer.alloc(65_536), Buffer.alloc(512)]) {
				try {
					for (;;) writeSync(file, chunk);
				} catch (error) {
					if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOSPC") throw error;
				}
			}
		},
		clear: () => rmSync(filler, { force: true }),
		remove() {
			spawnSync("umount", ["-l", folder]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
