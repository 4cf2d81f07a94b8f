import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { VideoRequest } from "../heygen/schemas/videoRequest.ts";
import type { ClockMemory } from "./clock.ts";
import { TABLES } from "./schema.ts";
import type { Failure, StoredVideo } from "./video.ts";

/** The first answer under an `Idempotency-Key`. */
export interface StoredAnswer {
	readonly status: number;
	/** The JSON text that was sent. */
	readonly body: string;
	readonly storedMs: number;
}

/** Whose answer, to which route, under which key. */
export type AnswerKey = readonly [username: string, route: string, idempotencyKey: string];

/** All of a video but its body. */
const COLUMNS =
	"seq, id, username, title, idempotency_key, price_usd, created_ms, queue_ms, render_ms, failure, deleted_ms";

/** All that the emulator must not forget, in one SQLite database: a file in the data folder, or memory. */
export class Store implements ClockMemory {
	/** For the tables of the emulator's other parts, which keep their statements themselves. */
	readonly database: DatabaseSync;

	/** Throws an `Error` for the user when the folder is in use by another emulator, or cannot be used. */
	constructor(folder: string | undefined) {
		let db: DatabaseSync | undefined;
		try {
			if (folder !== undefined) mkdirSync(folder, { recursive: true });
			db = new DatabaseSync(folder === undefined ? ":memory:" : join(folder, "emulator.sqlite"));
			// The exclusive lock belongs to the process: it keeps a second emulator out and ends with a kill.
			db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
			db.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT`);
			this.database = db;
		} catch (error) {
			db?.close();
			throw folderProblem(folder, error);
		}
	}

	/** Runs `work` so that all its changes are kept, or none of them. */
	transaction<T>(work: () => T): T {
		this.database.exec("BEGIN IMMEDIATE");
		try {
			const result = work();
			this.database.exec("COMMIT");
			return result;
		} catch (error) {
			// A full disk makes SQLite end the transaction by itself.
			if (this.database.isTransaction) this.database.exec("ROLLBACK");
			throw error;
		}
	}

	insertVideo(video: Omit<StoredVideo, "seq" | "deletedMs">): void {
		this.database
			.prepare(
				`INSERT INTO videos (id, username, body, title, idempotency_key, price_usd, created_ms, queue_ms, render_ms, failure)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			)
			.run(
				video.id,
				video.username,
				JSON.stringify(video.body),
				video.title,
				video.idempotencyKey,
				video.priceUsd,
				video.createdMs,
				video.queueMs,
				video.renderMs,
				video.failure === null ? null : JSON.stringify(video.failure),
			);
	}

	deleteVideo(id: string, atMs: number): void {
		this.database.prepare("UPDATE videos SET deleted_ms = ? WHERE id = ?").run(atMs, id);
	}

	/** Deleted ones included. */
	video(id: string): StoredVideo | undefined {
		return this.#videos("WHERE id = ?", id)[0];
	}

	/** The newest first, deleted ones included; of one account, or of all. */
	videos(username?: string): StoredVideo[] {
		return username === undefined
			? this.#videos("ORDER BY seq DESC")
			: this.#videos("WHERE username = ? ORDER BY seq DESC", username);
	}

	/** Those of an account that are not deleted, and whose time is not over at `nowMs`. */
	unfinished(username: string, nowMs: number): StoredVideo[] {
		const time = "deleted_ms IS NULL AND created_ms + queue_ms + render_ms > ?";
		return this.#videos(`WHERE username = ? AND ${time}`, username, nowMs);
	}

	/** Those of an account that fail, now or later; deleted ones included. */
	failing(username: string): StoredVideo[] {
		return this.#videos("WHERE username = ? AND failure IS NOT NULL", username);
	}

	/** US dollars for all videos of an account, whatever became of them. */
	priceOfAll(username: string): number {
		const sum = this.database.prepare("SELECT SUM(price_usd) AS usd FROM videos WHERE username = ?");
		return Number(sum.get(username)?.["usd"] ?? 0);
	}

	answer(key: AnswerKey): StoredAnswer | undefined {
		const row = this.database
			.prepare("SELECT * FROM answers WHERE username = ? AND route = ? AND idempotency_key = ?")
			.get(...key);
		return (
			row && { status: Number(row["status"]), body: String(row["body"]), storedMs: Number(row["stored_ms"]) }
		);
	}

	/** Replaces an older answer under the same key. */
	saveAnswer(key: AnswerKey, answer: StoredAnswer): void {
		this.database
			.prepare("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)")
			.run(...key, answer.status, answer.body, answer.storedMs);
	}

	loadOffset(): number {
		return Number(this.#meta("clock_offset_ms") ?? 0);
	}

	saveOffset(milliseconds: number): void {
		this.#setMeta("clock_offset_ms", String(milliseconds));
	}

	/** What links are signed with; made once for a data folder. */
	linkSecret(): Buffer {
		const stored = this.#meta("link_secret");
		if (stored !== undefined) return Buffer.from(stored, "hex");
		const secret = randomBytes(32);
		this.#setMeta("link_secret", secret.toString("hex"));
		return secret;
	}

	close(): void {
		this.database.close();
	}

	#videos(which: string, ...values: (string | number)[]): StoredVideo[] {
		const found = this.database.prepare(`SELECT ${COLUMNS} FROM videos ${which}`);
		return found.all(...values).map((row) => this.#videoFrom(row));
	}

	#videoFrom(row: Record<string, SQLOutputValue>): StoredVideo {
		const { database } = this;
		const text = (value: SQLOutputValue | undefined) => (typeof value === "string" ? value : null);
		const failure = text(row["failure"]);
		return {
			seq: Number(row["seq"]),
			id: String(row["id"]),
			username: String(row["username"]),
			/** Fetched when it is read: most readers look at times only, and a body may hold files. */
			get body() {
				const found = database.prepare("SELECT body FROM videos WHERE seq = ?").get(row["seq"] ?? null);
				return JSON.parse(String(found?.["body"])) as VideoRequest;
			},
			title: text(row["title"]),
			idempotencyKey: text(row["idempotency_key"]),
			priceUsd: Number(row["price_usd"]),
			createdMs: Number(row["created_ms"]),
			queueMs: Number(row["queue_ms"]),
			renderMs: Number(row["render_ms"]),
			failure: failure === null ? null : (JSON.parse(failure) as Failure),
			deletedMs: row["deleted_ms"] === null ? null : Number(row["deleted_ms"]),
		};
	}

	#meta(name: string): string | undefined {
		const row = this.database.prepare("SELECT value FROM meta WHERE name = ?").get(name);
		return row && String(row["value"]);
	}

	#setMeta(name: string, value: string): void {
		this.database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)").run(name, value);
	}
}

/** What to tell the user when the data folder cannot be used. */
export function folderProblem(folder: string | undefined, error: unknown): Error {
	const reason = error instanceof Error ? error.message : String(error);
	const text = /locked|busy/i.test(reason)
		? `The folder ${folder} is in use by another emulator. Stop that one, or give this one a folder of its own.`
		: `The folder ${folder} cannot hold the emulator's data: ${reason}. Choose another one.`;
	return new Error(text, { cause: error });
}
