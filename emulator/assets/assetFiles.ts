import { createHash, randomBytes } from "node:crypto";
import {
	closeSync,
	createWriteStream,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readSync,
	renameSync,
	rmSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readPart } from "../fileHost.ts";
import { HEAD_BYTES } from "../mediaType.ts";

/** Bytes on disk that are not an asset's yet: {@link AssetFiles.keep} or {@link AssetFiles.drop} them. */
export interface ReceivedFile {
	readonly path: string;
	readonly sizeBytes: number;
	/** Hex. */
	readonly sha256: string;
}

/** The bytes of assets on disk, each under a name: in the data folder, or in a temporary one that {@link AssetFiles.close} removes. */
export interface AssetFiles {
	/** Writes the source down as it comes, in a file of its own. Rejects, and leaves nothing, when the source breaks off. */
	receive(source: Readable): Promise<ReceivedFile>;
	keep(received: ReceivedFile, name: string): void;
	drop(received: ReceivedFile): Promise<void>;
	/** The first bytes, enough to tell the type. */
	head(name: string): Buffer;
	/** The bytes from `from` to `to`, both included. Rejects when they are not there. */
	read(name: string, from: number, to: number): Promise<ReadableStream>;
	remove(name: string): Promise<void>;
	/** Waits for what is being received to end. */
	close(): Promise<void>;
}

/** Removes what an emulator that was killed has left in the data folder and is not in `kept`. */
export function assetFiles(dataFolder: string | undefined, kept: ReadonlySet<string>): AssetFiles {
	const receiving = new Set<Promise<unknown>>();
	let folder = dataFolder === undefined ? undefined : join(dataFolder, "assets");
	if (folder !== undefined) {
		mkdirSync(folder, { recursive: true });
		for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
	}
	const pathOf = (name: string) => {
		folder ??= mkdtempSync(join(tmpdir(), "heygen-emulator-"));
		return join(folder, name);
	};

	const write = async (source: Readable): Promise<ReceivedFile> => {
		const path = pathOf(`${randomBytes(8).toString("hex")}.tmp`);
		const hash = createHash("sha256");
		let sizeBytes = 0;
		try {
			await pipeline(
				source,
				async function* (chunks: AsyncIterable<Buffer>) {
					for await (const chunk of chunks) {
						hash.update(chunk);
						sizeBytes += chunk.length;
						yield chunk;
					}
				},
				createWriteStream(path),
			);
		} catch (error) {
			await rm(path, { force: true });
			throw error;
		}
		return { path, sizeBytes, sha256: hash.digest("hex") };
	};

	return {
		receive(source) {
			const received = write(source);
			receiving.add(received);
			const forget = () => receiving.delete(received);
			received.then(forget, forget);
			return received;
		},
		keep: ({ path }, name) => renameSync(path, pathOf(name)),
		drop: ({ path }) => rm(path, { force: true }),
		head(name) {
			const file = openSync(pathOf(name), "r");
			try {
				const bytes = Buffer.alloc(HEAD_BYTES);
				return bytes.subarray(0, readSync(file, bytes, 0, HEAD_BYTES, 0));
			} finally {
				closeSync(file);
			}
		},
		read: (name, from, to) => readPart(pathOf(name), from, to),
		remove: (name) => rm(pathOf(name), { force: true }),
		async close() {
			await Promise.allSettled(receiving);
			if (dataFolder === undefined && folder !== undefined) rmSync(folder, { recursive: true, force: true });
		},
	};
}
