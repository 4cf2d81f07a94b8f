import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

/** An event on its way to one receiver. All times are unix milliseconds of the emulator's clock. */
export interface StoredDelivery {
	readonly seq: number;
	readonly eventId: string;
	/** The endpoint to tell; null for the `callback_url` of a video. */
	readonly endpointId: string | null;
	/** The `callback_url`; null for an endpoint, which may still change its own. */
	readonly callbackUrl: string | null;
	/** How often it was tried. */
	readonly attempts: number;
	/** When it is first due: back-off ends a day after that. */
	readonly firstMs: number;
}

/** One try to deliver an event. */
export interface StoredAttempt {
	readonly eventId: string;
	readonly endpointId: string | null;
	readonly url: string;
	/** The HTTP status; null when there was none. */
	readonly status: number | null;
	/** Why there was no status; null when there was one. */
	readonly error: string | null;
	/** From 1. */
	readonly attempt: number;
	readonly atMs: number;
	/** When the next one is due; null when this was the last. */
	readonly nextMs: number | null;
}

const TABLES = `
	CREATE TABLE IF NOT EXISTS webhook_deliveries (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		event_id TEXT NOT NULL,
		endpoint_id TEXT,
		callback_url TEXT,
		attempts INTEGER NOT NULL,
		first_ms INTEGER NOT NULL,
		due_ms INTEGER
	) STRICT;
	CREATE INDEX IF NOT EXISTS webhook_deliveries_due ON webhook_deliveries (due_ms) WHERE due_ms IS NOT NULL;

	CREATE TABLE IF NOT EXISTS webhook_attempts (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		event_id TEXT NOT NULL,
		endpoint_id TEXT,
		url TEXT NOT NULL,
		status INTEGER,
		error TEXT,
		attempt INTEGER NOT NULL,
		at_ms INTEGER NOT NULL,
		next_ms INTEGER
	) STRICT;
`;

/** What is to be delivered, and what was tried. */
export interface DeliveryTable {
	/** Due at once. */
	add(delivery: Pick<StoredDelivery, "eventId" | "endpointId" | "callbackUrl" | "firstMs">): void;
	/** What waits for its next try, the earliest first and no more than `most`. */
	waiting(most: number): { readonly seq: number; readonly dueMs: number }[];
	find(seq: number): StoredDelivery | undefined;
	/** Notes a try; to be called in a transaction. One that was dropped meanwhile has no next. */
	attempted(seq: number, attempt: StoredAttempt): void;
	/** Gives up what still waits for an endpoint, or of an event. */
	drop(which: { readonly endpointId: string } | { readonly eventId: string }): void;
	/** The oldest first. */
	attempts(): StoredAttempt[];
}

export function deliveryTable(database: DatabaseSync): DeliveryTable {
	database.exec(TABLES);
	return {
		add({ eventId, endpointId, callbackUrl, firstMs }) {
			database
				.prepare(
					`INSERT INTO webhook_deliveries (event_id, endpoint_id, callback_url, attempts, first_ms, due_ms)
					VALUES (?, ?, ?, 0, ?, ?)`,
				)
				.run(eventId, endpointId, callbackUrl, firstMs, firstMs);
		},
		waiting(most) {
			const waiting = database.prepare(
				"SELECT seq, due_ms FROM webhook_deliveries WHERE due_ms IS NOT NULL ORDER BY due_ms, seq LIMIT ?",
			);
			return waiting.all(most).map((row) => ({ seq: Number(row["seq"]), dueMs: Number(row["due_ms"]) }));
		},
		find(seq) {
			const row = database.prepare("SELECT * FROM webhook_deliveries WHERE seq = ?").get(seq);
			return row && deliveryFrom(row);
		},
		attempted(seq, { eventId, endpointId, url, status, error, attempt, atMs, nextMs }) {
			const { changes } = database
				.prepare(
					"UPDATE webhook_deliveries SET attempts = ?, due_ms = ? WHERE seq = ? AND due_ms IS NOT NULL",
				)
				.run(attempt, nextMs, seq);
			const next = changes === 0 ? null : nextMs;
			database
				.prepare(
					`INSERT INTO webhook_attempts (event_id, endpoint_id, url, status, error, attempt, at_ms, next_ms)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				)
				.run(eventId, endpointId, url, status, error, attempt, atMs, next);
		},
		drop(which) {
			const [column, id] =
				"eventId" in which ? ["event_id", which.eventId] : ["endpoint_id", which.endpointId];
			database.prepare(`UPDATE webhook_deliveries SET due_ms = NULL WHERE ${column} = ?`).run(id);
		},
		attempts: () => database.prepare("SELECT * FROM webhook_attempts ORDER BY seq").all().map(attemptFrom),
	};
}

type Row = Record<string, SQLOutputValue>;
const textOf = (row: Row, name: string) => (typeof row[name] === "string" ? row[name] : null);
const numberOf = (row: Row, name: string) => (row[name] === null ? null : Number(row[name]));

function deliveryFrom(row: Row): StoredDelivery {
	return {
		seq: Number(row["seq"]),
		eventId: String(row["event_id"]),
		endpointId: textOf(row, "endpoint_id"),
		callbackUrl: textOf(row, "callback_url"),
		attempts: Number(row["attempts"]),
		firstMs: Number(row["first_ms"]),
	};
}

function attemptFrom(row: Row): StoredAttempt {
	return {
		eventId: String(row["event_id"]),
		endpointId: textOf(row, "endpoint_id"),
		url: String(row["url"]),
		status: numberOf(row, "status"),
		error: textOf(row, "error"),
		attempt: Number(row["attempt"]),
		atMs: Number(row["at_ms"]),
		nextMs: numberOf(row, "next_ms"),
	};
}
