import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const SQLITE_BUSY = 5;
const RETRY_MS = 200;

/** What a caller of {@link withLock} may set. */
export interface LockOptions {
	/** Called once, when another process holds the lock and this one begins to wait. */
	onWait?: () => void;
}

/**
 * Runs `work` while no other process on this machine runs work under the same lock file, and waits for its
 * turn without a limit: the holder is alive, or the lock would be free.
 *
 * The lock is SQLite's lock on an empty database file, so the operating system gives it back when its holder
 * dies, by whatever signal, and there is never a stale lock to judge or to steal.
 */
export async function withLock<T>(
	file: string,
	work: () => Promise<T>,
	options: LockOptions = {},
): Promise<T> {
	await mkdir(dirname(file), { recursive: true });
	const database = new DatabaseSync(file);
	try {
		await acquire(database, options.onWait);
		return await work();
	} finally {
		database.close();
	}
}

async function acquire(database: DatabaseSync, onWait: (() => void) | undefined): Promise<void> {
	database.exec("PRAGMA busy_timeout = 0");
	for (let told = false; !tryAcquire(database); await sleep(RETRY_MS)) {
		if (!told) onWait?.();
		told = true;
	}
}

function tryAcquire(database: DatabaseSync): boolean {
	try {
		database.exec("BEGIN EXCLUSIVE");
		return true;
	} catch (error) {
		if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return false;
		throw error;
	}
}
