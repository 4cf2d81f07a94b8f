import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { at } from "../support.ts";
import { sha256 } from "../uploads.ts";
import type { Listed } from "./checks.ts";
import type { Round } from "./round.ts";
import { checkWhole, FIELD_OF_FILE } from "./wholeFile.ts";

/** Looks into a copy of the database as a kill has left it, so that the emulator itself mends the original. */
export async function checkDatabase(data: string): Promise<void> {
	const copy = await mkdtemp(join(tmpdir(), "emulator-chaos-copy-"));
	try {
		for (const name of await namesIn(data)) {
			if (name.startsWith("emulator.sqlite")) await copyFile(join(data, name), join(copy, name));
		}
		const database = new DatabaseSync(join(copy, "emulator.sqlite"));
		try {
			const [row] = database.prepare("PRAGMA integrity_check").all();
			assert.equal(row?.["integrity_check"], "ok");
		} finally {
			database.close();
		}
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
}

/** How many files a kill has left that an emulator's start has to clear away. */
export async function unfinishedIn(data: string): Promise<number> {
	return (await filesIn(data)).filter((path) => path.endsWith(".tmp")).length;
}

/** After a start there is nothing in the folder but the files of what is there. */
export async function checkFolder({ videos, assets }: Listed, data: string): Promise<void> {
	const live = new Set(videos.flatMap(({ id, deleted }) => (deleted ? [] : id)));
	for (const id of await namesIn(join(data, "files"))) assert(live.has(id), `there are files of ${id}`);

	const kept = assets.flatMap(({ id, sha256, deleted }) =>
		deleted || sha256 === null ? [] : `${id}-${sha256}`,
	);
	assert.deepEqual((await namesIn(join(data, "assets"))).sort(), kept.sort());

	assert.equal(await unfinishedIn(data), 0);
	const names = (await readdir(data)).sort();
	const known = ["assets", "emulator.sqlite", "emulator.sqlite-wal", "files", "looks"];
	for (const name of names) assert(known.includes(name), `there is ${name}`);
}

/** Downloads the files that were written since `sinceMs`: each is whole, and as it was when it was first served. */
export async function checkFiles(
	{ client, model, count }: Round,
	data: string,
	sinceMs: number,
): Promise<void> {
	for (const path of await filesIn(join(data, "files"))) {
		if ((await stat(path)).mtimeMs < sinceMs) continue;
		const video = model.videos.find(({ id }) => id === basename(join(path, "..")));
		const field = FIELD_OF_FILE[basename(path)];
		assert(video && field, `there is ${path}`);
		const link = at((await client.get(`/v3/videos/${video.id}`)).body, "data", field);
		const bytes = Buffer.from(await (await fetch(String(link))).arrayBuffer());
		checkWhole(field, bytes);
		const hash = sha256(bytes);
		assert.equal(hash, video.files.get(field) ?? hash, `${field} of ${video.id} has changed`);
		video.files.set(field, hash);
		count("files read back");
	}
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function namesIn(folder: string): Promise<string[]> {
	return readdir(folder).catch(() => []);
}
