import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { type HostedFile, readPart } from "./fileHost.ts";
import type { PictureJob } from "./picture/encode.ts";
import type { Studio } from "./picture/studio.ts";

const PIECE_BYTES = 64 * 1024;

/** Where pictures are kept, by their path. */
export interface Shelf {
	/** Makes the picture when it is not there: once, for all who ask meanwhile. */
	get(path: string, job: () => PictureJob): Promise<HostedFile>;
	/** Removes a folder, and gives up what is being made for it. */
	remove(folder: string): Promise<void>;
}

export function memoryShelf(studio: Studio): Shelf {
	const made = new Map<string, Promise<HostedFile>>();
	return {
		get(path, job) {
			const known = made.get(path);
			if (known) return known;
			const making = studio.make(job()).then(inMemory);
			made.set(path, making);
			making.catch(() => made.delete(path));
			return making;
		},
		async remove(folder) {
			for (const path of made.keys()) if (path.startsWith(folder + sep)) made.delete(path);
		},
	};
}

/** A file that is there is whole: it is written beside its place, and then takes it. */
export function diskShelf(studio: Studio, root: string): Shelf {
	const underWay = new Map<string, Promise<HostedFile>>();

	const findOrMake = async (path: string, job: () => PictureJob, isWanted: () => boolean) => {
		const kept = await onDisk(path).catch(() => undefined);
		if (kept) return kept;
		const bytes = await studio.make(job());
		if (isWanted()) put(bytes, path);
		return onDisk(path);
	};

	return {
		get(name, job) {
			const known = underWay.get(name);
			if (known) return known;
			const isWanted = () => underWay.get(name) === finding;
			const finding = findOrMake(join(root, name), job, isWanted);
			underWay.set(name, finding);
			const forget = () => isWanted() && underWay.delete(name);
			finding.then(forget, forget);
			return finding;
		},
		async remove(folder) {
			for (const name of underWay.keys()) if (name.startsWith(folder + sep)) underWay.delete(name);
			await rm(join(root, folder), { recursive: true, force: true });
		},
	};
}

/** In one go, so that a removal comes before or after it. */
function put(bytes: Buffer, path: string): void {
	const unfinished = `${path}.${randomBytes(4).toString("hex")}.tmp`;
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(unfinished, bytes);
		renameSync(unfinished, path);
	} catch (error) {
		rmSync(unfinished, { force: true });
		throw error;
	}
}

function inMemory(bytes: Buffer): HostedFile {
	return {
		size: bytes.length,
		etag: etagOf(bytes),
		read: (from, to) => ReadableStream.from(piecesOf(bytes.subarray(from, to + 1))),
	};
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function onDisk(path: string): Promise<HostedFile> {
	const { size, mtimeMs } = await stat(path);
	return { size, etag: etagOf(`${size} ${mtimeMs}`), read: (from, to) => readPart(path, from, to) };
}

function etagOf(content: Buffer | string): string {
	return `"${createHash("md5").update(content).digest("hex")}"`;
}
