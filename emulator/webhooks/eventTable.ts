import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

/** An event as it is kept: what happened, without what is only told when it is sent. */
export interface StoredEvent {
	/** Rises with every event. */
	readonly seq: number;
	readonly id: string;
	/** The account. */
	readonly username: string;
	readonly type: string;
	/** What it is about; for a video's, the video's id. */
	readonly entityId: string | null;
	/** The video whose end it is; null for one that a test has sent. */
	readonly videoId: string | null;
	/** The event's data as a test gave it; null for a video's, which is told from the video. */
	readonly data: object | null;
	/** Unix milliseconds of the emulator's clock. */
	readonly createdMs: number;
}

const TABLES = `
	CREATE TABLE IF NOT EXISTS webhook_ends (
		video_id TEXT PRIMARY KEY,
		end_ms INTEGER NOT NULL
	) STRICT;
	CREATE INDEX IF NOT EXISTS webhook_ends_due ON webhook_ends (end_ms);

	CREATE TABLE IF NOT EXISTS webhook_events (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		username TEXT NOT NULL,
		type TEXT NOT NULL,
		entity_id TEXT,
		video_id TEXT UNIQUE,
		data TEXT,
		created_ms INTEGER NOT NULL
	) STRICT;
`;

/** The events of all accounts, and the ends of videos that are still to become events. */
export interface EventTable {
	/** To be called in the transaction that keeps the video. */
	expectEnd(videoId: string, endMs: number): void;
	/** The videos that have ended by `nowMs` and are not events yet, the earliest first. */
	ended(nowMs: number): string[];
	/** To be called in the transaction that makes it an event. */
	forgetEnd(videoId: string): void;
	nextEndMs(): number | undefined;
	insert(event: Omit<StoredEvent, "seq">): void;
	find(id: string): StoredEvent | undefined;
	/** The newest first. */
	list(username: string): StoredEvent[];
}

export function eventTable(database: DatabaseSync): EventTable {
	database.exec(TABLES);
	return {
		expectEnd(videoId, endMs) {
			database.prepare("INSERT INTO webhook_ends VALUES (?, ?)").run(videoId, endMs);
		},
		ended(nowMs) {
			const due = database.prepare("SELECT video_id FROM webhook_ends WHERE end_ms <= ? ORDER BY end_ms");
			return due.all(nowMs).map((row) => String(row["video_id"]));
		},
		forgetEnd(videoId) {
			database.prepare("DELETE FROM webhook_ends WHERE video_id = ?").run(videoId);
		},
		nextEndMs() {
			const next = database.prepare("SELECT MIN(end_ms) AS ms FROM webhook_ends").get()?.["ms"];
			return next == null ? undefined : Number(next);
		},
		insert({ id, username, type, entityId, videoId, data, createdMs }) {
			database
				.prepare(
					`INSERT INTO webhook_events (id, username, type, entity_id, video_id, data, created_ms)
					VALUES (?, ?, ?, ?, ?, ?, ?)`,
				)
				.run(id, username, type, entityId, videoId, data && JSON.stringify(data), createdMs);
		},
		find(id) {
			const row = database.prepare("SELECT * FROM webhook_events WHERE id = ?").get(id);
			return row && eventFrom(row);
		},
		list(username) {
			const own = database.prepare("SELECT * FROM webhook_events WHERE username = ? ORDER BY seq DESC");
			return own.all(username).map(eventFrom);
		},
	};
}

function eventFrom(row: Record<string, SQLOutputValue>): StoredEvent {
	const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
	const data = text("data");
	return {
		seq: Number(row["seq"]),
		id: String(row["id"]),
		username: String(row["username"]),
		type: String(row["type"]),
		entityId: text("entity_id"),
		videoId: text("video_id"),
		data: data === null ? null : (JSON.parse(data) as object),
		createdMs: Number(row["created_ms"]),
	};
}
