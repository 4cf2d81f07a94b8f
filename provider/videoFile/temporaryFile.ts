import { createHash, randomBytes } from "node:crypto";
import { rmSync, writeSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import type { DownloadSink } from "../../heygen/download.ts";
import { HEAD_BYTES, type Kind, typeOf } from "./content.ts";

/** How much is written at once, in bytes. */
const BATCH_BYTES = 256 * 1024;
/** A temporary file of another machine that was not written to for so long, in milliseconds, is a killed run's. */
const ABANDONED_MS = 15 * 60_000;
/** Tells this machine's temporary files from those of others that use the same folder. */
const MACHINE = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);
/** What follows the target's name: the machine, the process that writes, and chance. */
const PART = /^([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.part$/;
/** The longest part of the target's name that a temporary one takes over, in characters. */
const NAME_LENGTH = 40;

/** What is known of a file that was written. */
export interface Written {
	sha256: string;
	sizeBytes: number;
	mimeType: string;
	/** When it was written, in unix milliseconds. */
	mtimeMs: number;
}

/** A file that grows beside its target, under another name until it is whole. */
export interface TemporaryFile extends DownloadSink {
	/**
	 * Hands all of it to the system. It is not forced to the disk, which can take longer than the download: what a power
	 * cut loses, the next run notices and fetches again for nothing. Throws `WrongContent` when it is too short to be
	 * anything.
	 */
	finish(): Promise<Written>;
	/** Puts it in the place of the target, at once. */
	moveTo(target: string): Promise<void>;
	/** Removes it, if it was not moved. Never fails. */
	discard(): Promise<void>;
}

/** Opens one in the target's folder, which is there. What killed runs have left for the same target is removed. */
export async function openTemporary(target: string, kind: Kind): Promise<TemporaryFile> {
	const folder = dirname(target);
	const prefix = `.${[...basename(target)].slice(0, NAME_LENGTH).join("")}.`;
	await removeAbandoned(folder, prefix);
	const path = join(folder, `${prefix}${MACHINE}-${process.pid}-${randomBytes(4).toString("hex")}.part`);
	removedAtExit(path);
	const handle = await open(path, "wx");

	let hash = createHash("sha256");
	let head = Buffer.alloc(0);
	const batch = Buffer.allocUnsafe(BATCH_BYTES);
	let filled = 0;
	let size = 0;

	/** Synchronous: a write to the system's cache is quicker than handing it to another thread, by half of all CPU time. */
	function flush() {
		for (let done = 0; done < filled; ) done += writeSync(handle.fd, batch, done, filled - done, size + done);
		hash.update(batch.subarray(0, filled));
		size += filled;
		filled = 0;
	}

	return {
		async write(bytes) {
			if (head.length < HEAD_BYTES) {
				head = Buffer.concat([head, bytes.subarray(0, HEAD_BYTES - head.length)]);
				if (head.length === HEAD_BYTES) typeOf(head, kind);
			}
			for (let taken = 0; taken < bytes.length; ) {
				const piece = bytes.subarray(taken, taken + BATCH_BYTES - filled);
				batch.set(piece, filled);
				filled += piece.length;
				taken += piece.length;
				if (filled === BATCH_BYTES) flush();
			}
		},

		async restart() {
			[filled, size, head] = [0, 0, Buffer.alloc(0)];
			hash = createHash("sha256");
			await handle.truncate(0);
		},

		async finish() {
			const mimeType = typeOf(head, kind);
			flush();
			const { mtimeMs } = await handle.stat();
			await handle.close();
			return { sha256: hash.digest("hex"), sizeBytes: size, mimeType, mtimeMs: Math.trunc(mtimeMs) };
		},

		async moveTo(to) {
			await rename(path, to);
			unfinished.delete(path);
		},

		async discard() {
			if (!unfinished.has(path)) return;
			await handle.close().catch(() => {});
			await rm(path, { force: true }).catch(() => {});
			unfinished.delete(path);
		},
	};
}

async function removeAbandoned(folder: string, prefix: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const [, machine, pid] = (name.startsWith(prefix) && PART.exec(name.slice(prefix.length))) || [];
		if (pid === undefined || (machine === MACHINE && isAlive(Number(pid)))) continue;
		const path = join(folder, name);
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		const abandoned = machine === MACHINE || Date.now() - mtimeMs > ABANDONED_MS;
		if (abandoned) await rm(path, { force: true }).catch(() => {});
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

const unfinished = new Set<string>();

/** A process that ends while a download is under way leaves nothing behind, unless it is killed. */
function removedAtExit(path: string): void {
	if (unfinished.size === 0 && !listening) {
		listening = true;
		process.once("exit", () => {
			for (const each of unfinished) rmSync(each, { force: true });
		});
	}
	unfinished.add(path);
}
let listening = false;
