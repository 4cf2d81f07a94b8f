import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";

/** A file on this machine whose bytes are known by their hash. */
export interface LocalFile {
	path: string;
	/** The name that HeyGen keeps for it. */
	name: string;
	/** The type as told from the bytes. */
	mediaType: string;
	sizeBytes: number;
	/** Lowercase hex. */
	sha256: string;
}

/** Called with the bytes sent so far. */
export type OnProgress = (sentBytes: number) => void;

/** What one try of an upload sends. */
export interface UploadBody {
	contentType: string;
	contentLength: number;
	/** A fresh stream for each try. */
	stream(): Readable;
}

/** The file's bytes are no longer those that were hashed. */
export class FileChanged extends Error {
	constructor(path: string) {
		super(`${path} changed while it was uploaded; nothing was recorded. Run again when it is complete.`);
		this.name = "FileChanged";
	}
}

/** Bytes that are read at once: more than a socket takes, so that each read is on its way before one after the next. */
const CHUNK_BYTES = 256 * 1024;
/** How many reads share memory: far more than can be on their way between the file and the socket. */
const CHUNKS_IN_MEMORY = 8;

/**
 * The file's bytes and nothing else, as a storage takes them, which holds them against their checksum. Memory stays the
 * same however long the file is.
 */
export function plainBody(file: LocalFile, onProgress?: OnProgress): UploadBody {
	const stream = () => {
		const memory = Array.from({ length: CHUNKS_IN_MEMORY }, () => Buffer.allocUnsafeSlow(CHUNK_BYTES));
		const bufferFor = (chunk: number) => memory[chunk % CHUNKS_IN_MEMORY] as Buffer;
		return Readable.from(bytesOf(file, bufferFor, onProgress), { objectMode: false, highWaterMark: 1 });
	};
	return { contentType: file.mediaType, contentLength: file.sizeBytes, stream };
}

/** The file as the field `file` of a form. */
export function formBody(file: LocalFile, onProgress?: OnProgress): UploadBody {
	const boundary = `pulumi-heygen-${randomBytes(12).toString("hex")}`;
	const name = file.name.replace(/[\p{Cc}"\\]/gu, "_");
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
			`Content-Type: ${file.mediaType}\r\n\r\n`,
	);
	const foot = Buffer.from(`\r\n--${boundary}--\r\n`);
	async function* parts() {
		yield head;
		yield* bytesOf(file, () => Buffer.allocUnsafeSlow(CHUNK_BYTES), onProgress);
		yield foot;
	}
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		contentLength: head.length + file.sizeBytes + foot.length,
		stream: () => Readable.from(parts(), { objectMode: false }),
	};
}

/**
 * The file's bytes, the last ones only when all of them have the hash that is expected: a file that was changed
 * meanwhile never arrives whole. Throws `FileChanged`.
 */
async function* bytesOf(
	{ path, sizeBytes, sha256 }: LocalFile,
	bufferFor: (chunk: number) => Buffer,
	onProgress?: OnProgress,
): AsyncGenerator<Buffer> {
	const hash = createHash("sha256");
	let [read, sent] = [0, 0];
	let held: Buffer | undefined;
	for await (const bytes of chunksOf(path, bufferFor)) {
		read += bytes.length;
		if (read > sizeBytes) throw new FileChanged(path);
		hash.update(bytes);
		if (held !== undefined) {
			yield held;
			sent += held.length;
			onProgress?.(sent);
		}
		held = bytes;
	}
	if (read !== sizeBytes || hash.digest("hex") !== sha256) throw new FileChanged(path);
	if (held !== undefined) yield held;
	onProgress?.(read);
}

/** Throws `FileChanged` when the file cannot be read, since it could be when it was hashed. */
async function* chunksOf(path: string, bufferFor: (chunk: number) => Buffer): AsyncGenerator<Buffer> {
	let handle: FileHandle | undefined;
	try {
		handle = await open(path);
		for (let chunk = 0; ; chunk++) {
			const buffer = bufferFor(chunk);
			const { bytesRead } = await handle.read(buffer, 0, buffer.length);
			if (bytesRead === 0) return;
			yield buffer.subarray(0, bytesRead);
		}
	} catch (error) {
		throw error instanceof FileChanged ? error : new FileChanged(path);
	} finally {
		await handle?.close();
	}
}
