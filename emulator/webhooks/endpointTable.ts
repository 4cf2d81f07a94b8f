import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

/** A webhook endpoint as it is kept. */
export interface StoredEndpoint {
	/** Rises with every endpoint. */
	readonly seq: number;
	readonly id: string;
	/** The account. */
	readonly username: string;
	readonly url: string;
	/** The types of events it is told about; null for all. */
	readonly events: readonly string[] | null;
	/** Narrows it down to the events of one entity, such as a video; null for those of all. */
	readonly entityId: string | null;
	readonly secret: string;
	/** Unix milliseconds of the emulator's clock. */
	readonly createdMs: number;
}

const TABLE = `
	CREATE TABLE IF NOT EXISTS webhook_endpoints (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		username TEXT NOT NULL,
		url TEXT NOT NULL,
		events TEXT,
		entity_id TEXT,
		secret TEXT NOT NULL,
		created_ms INTEGER NOT NULL
	) STRICT;
`;

/** The endpoints of all accounts. A deleted one is gone. */
export interface EndpointTable {
	insert(endpoint: Omit<StoredEndpoint, "seq">): void;
	update(id: string, changes: Pick<StoredEndpoint, "url" | "events">): void;
	setSecret(id: string, secret: string): void;
	delete(id: string): void;
	find(id: string): StoredEndpoint | undefined;
	/** The newest first; of one account, or of all. */
	list(username?: string): StoredEndpoint[];
}

export function endpointTable(database: DatabaseSync): EndpointTable {
	database.exec(TABLE);
	return {
		insert({ id, username, url, events, entityId, secret, createdMs }) {
			database
				.prepare(
					`INSERT INTO webhook_endpoints (id, username, url, events, entity_id, secret, created_ms)
					VALUES (?, ?, ?, ?, ?, ?, ?)`,
				)
				.run(id, username, url, textOf(events), entityId, secret, createdMs);
		},
		update(id, { url, events }) {
			database
				.prepare("UPDATE webhook_endpoints SET url = ?, events = ? WHERE id = ?")
				.run(url, textOf(events), id);
		},
		setSecret(id, secret) {
			database.prepare("UPDATE webhook_endpoints SET secret = ? WHERE id = ?").run(secret, id);
		},
		delete(id) {
			database.prepare("DELETE FROM webhook_endpoints WHERE id = ?").run(id);
		},
		find(id) {
			const row = database.prepare("SELECT * FROM webhook_endpoints WHERE id = ?").get(id);
			return row && endpointFrom(row);
		},
		list(username) {
			const rows =
				username === undefined
					? database.prepare("SELECT * FROM webhook_endpoints ORDER BY seq DESC").all()
					: database
							.prepare("SELECT * FROM webhook_endpoints WHERE username = ? ORDER BY seq DESC")
							.all(username);
			return rows.map(endpointFrom);
		},
	};
}

function textOf(events: readonly string[] | null): string | null {
	return events === null ? null : JSON.stringify(events);
}

function endpointFrom(row: Record<string, SQLOutputValue>): StoredEndpoint {
	const events = row["events"];
	return {
		seq: Number(row["seq"]),
		id: String(row["id"]),
		username: String(row["username"]),
		url: String(row["url"]),
		events: typeof events === "string" ? (JSON.parse(events) as string[]) : null,
		entityId: typeof row["entity_id"] === "string" ? row["entity_id"] : null,
		secret: String(row["secret"]),
		createdMs: Number(row["created_ms"]),
	};
}
