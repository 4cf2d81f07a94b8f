import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { codeOf } from "./failures.ts";

const READ_BYTES = 1024 * 1024;

/** What became of a file since it was written. */
export type Drift = "missing" | "altered";

/** What the state says of a file. */
export interface Recorded {
	sha256?: unknown;
	sizeBytes?: unknown;
	mtimeMs?: unknown;
}

/**
 * What became of a file; undefined when it is as it was written. One of the same size and time of change counts as
 * unchanged without being read, unless `thorough`.
 */
export async function driftOf(
	path: string,
	{ sha256, sizeBytes, mtimeMs }: Recorded,
	thorough = true,
): Promise<Drift | undefined> {
	const found = await find(path);
	if (found === undefined) return "missing";
	if (!found.isFile() || found.size !== sizeBytes) return "altered";
	if (!thorough && Math.trunc(found.mtimeMs) === mtimeMs) return undefined;
	return (await sha256Of(path)) === sha256 ? undefined : "altered";
}

/** What is at a path, links not followed; undefined when nothing is. */
export async function find(path: string): Promise<Stats | undefined> {
	try {
		return await lstat(path);
	} catch (error) {
		if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
		throw error;
	}
}

/** The SHA-256 of a file's bytes, in hex. Read in pieces. */
export async function sha256Of(path: string): Promise<string> {
	const hash = createHash("sha256");
	for await (const bytes of createReadStream(path, { highWaterMark: READ_BYTES })) hash.update(bytes);
	return hash.digest("hex");
}
