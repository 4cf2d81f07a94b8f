import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { redact } from "../../heygen/redact.ts";
import { LARGEST_ASSET_BYTES } from "../../heygen/schemas/asset.ts";
import type { LocalFile } from "../../heygen/uploadBody.ts";
import { BYTES_FOR_TYPE, takenExtensions, tellType, typeOfName } from "./mediaType.ts";

/** Bytes of a file that are hashed in one go: longer would keep other calls waiting. */
const HASHED_AT_ONCE = 512 * 1024;

/** A file that HeyGen takes. */
export interface Content extends LocalFile {
	/** What is odd about it and no reason to refuse it. */
	warning?: string;
}

/** A file that cannot be uploaded; the message goes on after the name of an input and a colon. */
export class FileProblem extends Error {}

/**
 * Reads a file once to its end and tells what it holds; `shown` is the path as the user wrote it. Throws `FileProblem`
 * for a file that is missing, empty, too large, of a kind that HeyGen does not take, or written to meanwhile.
 */
export async function readContent(path: string, shown = path): Promise<Content> {
	const handle = await openFile(path, shown);
	try {
		const before = await handle.stat();
		if (before.isDirectory()) throw new FileProblem(`${shown} is a folder; name one file.`);
		if (!before.isFile()) throw new FileProblem(`${shown} is not a regular file.`);
		if (before.size === 0) throw new FileProblem(`${shown} is empty.`);
		if (before.size > LARGEST_ASSET_BYTES) {
			const [size, most] = [megabytes(before.size), megabytes(LARGEST_ASSET_BYTES)];
			throw new FileProblem(`${shown} has ${size} MB; HeyGen takes files of up to ${most} MB.`);
		}
		const mediaType = await typeOf(handle, shown);
		const { sha256, bytes } = await hashOf(handle);
		const after = await handle.stat();
		if (bytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
			throw new FileProblem(`${shown} changed while it was read. Run again when it is complete.`);
		}
		const name = basename(path).replace(/\p{Cc}/gu, "_");
		const warning = oddName(name, mediaType, shown);
		const content = { path, name, mediaType, sizeBytes: bytes, sha256 };
		return warning === undefined ? content : { ...content, warning };
	} finally {
		await handle.close();
	}
}

/** Throws `FileProblem` for a URL in the place of a path; `instead` says how one is given. */
export function refuseUrl(path: string, instead: string): void {
	if (/^https?:\/\//i.test(path)) throw new FileProblem(`${redact(path)} is a URL and no path; ${instead}.`);
}

export interface Contents {
	/** As `readContent`, for a path from the program's folder on; the same file is read once. */
	of(path: string): Promise<Content>;
}

/** Reads each file once a run, as long as it stays as it is. */
export function createContents(folder = process.cwd()): Contents {
	const known = new Map<string, Promise<Content>>();
	return {
		async of(given) {
			const path = resolve(folder, given);
			const at = await stat(path, { bigint: true }).catch(() => undefined);
			if (at === undefined) return readContent(path, given);
			const key = [path, at.ino, at.size, at.mtimeNs].join("\n");
			const reading = known.get(key) ?? readContent(path, given);
			known.set(key, reading);
			reading.catch(() => known.delete(key));
			return reading;
		},
	};
}

/** Opening a pipe waits for someone to write to it, unless told not to wait. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function openFile(path: string, shown: string): Promise<FileHandle> {
	try {
		return await open(path, READ_WITHOUT_WAITING);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		if (code === "ENOENT" || code === "ENOTDIR") {
			throw new FileProblem(`there is no file ${shown}; paths start at the program's folder.`);
		}
		throw new FileProblem(`${shown} cannot be read (${String(code ?? error)}).`);
	}
}

async function typeOf(handle: FileHandle, shown: string) {
	const start = Buffer.alloc(BYTES_FOR_TYPE);
	const { bytesRead } = await handle.read(start, 0, BYTES_FOR_TYPE, 0);
	const { mediaType, found } = await tellType(start.subarray(0, bytesRead));
	if (mediaType !== undefined) return mediaType;
	const what = found === undefined ? "of an unknown kind" : found;
	throw new FileProblem(`${shown} is ${what}; HeyGen takes ${takenExtensions()}.`);
}

/** Through one buffer, so that memory does not grow with the file. */
async function hashOf(handle: FileHandle): Promise<{ sha256: string; bytes: number }> {
	const hash = createHash("sha256");
	const buffer = Buffer.allocUnsafe(HASHED_AT_ONCE);
	for (let bytes = 0; ; ) {
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, bytes);
		if (bytesRead === 0) return { sha256: hash.digest("hex"), bytes };
		hash.update(buffer.subarray(0, bytesRead));
		bytes += bytesRead;
	}
}

function oddName(name: string, mediaType: string, shown: string): string | undefined {
	const promised = typeOfName(name);
	if (promised === undefined || promised === mediaType) return undefined;
	return `${shown} is named like ${promised}, but its bytes are ${mediaType}; it is uploaded as ${mediaType}.`;
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
