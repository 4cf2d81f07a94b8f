import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { StoredAsset } from "./asset.ts";

const TABLE = `
	CREATE TABLE IF NOT EXISTS assets (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		username TEXT NOT NULL,
		name TEXT NOT NULL,
		how TEXT NOT NULL,
		mime_type TEXT NOT NULL,
		size_bytes INTEGER NOT NULL,
		checksum TEXT,
		sha256 TEXT,
		uploads INTEGER NOT NULL,
		created_ms INTEGER NOT NULL,
		ready_ms INTEGER,
		deleted_ms INTEGER
	) STRICT;
	CREATE INDEX IF NOT EXISTS assets_of ON assets (username, seq);
`;

/** What is known of assets, without their bytes. */
export interface AssetTable {
	insert(asset: Omit<StoredAsset, "seq" | "deletedMs">): void;
	/** Notes that the bytes are there. */
	uploaded(id: string, sha256: string): void;
	completed(id: string, mimeType: string, readyMs: number): void;
	delete(id: string, atMs: number): void;
	/** Deleted ones included. */
	find(id: string): StoredAsset | undefined;
	/** The newest first, deleted ones included; of one account, or of all. */
	list(username?: string): StoredAsset[];
}

export function assetTable(database: DatabaseSync): AssetTable {
	database.exec(TABLE);
	return {
		insert(asset) {
			database
				.prepare(
					`INSERT INTO assets (id, username, name, how, mime_type, size_bytes, checksum, sha256, uploads, created_ms, ready_ms)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				)
				.run(
					asset.id,
					asset.username,
					asset.name,
					asset.how,
					asset.mimeType,
					asset.sizeBytes,
					asset.checksum,
					asset.sha256,
					asset.uploads,
					asset.createdMs,
					asset.readyMs,
				);
		},
		uploaded(id, sha256) {
			database.prepare("UPDATE assets SET sha256 = ?, uploads = uploads + 1 WHERE id = ?").run(sha256, id);
		},
		completed(id, mimeType, readyMs) {
			database
				.prepare("UPDATE assets SET mime_type = ?, ready_ms = ? WHERE id = ?")
				.run(mimeType, readyMs, id);
		},
		delete(id, atMs) {
			database.prepare("UPDATE assets SET deleted_ms = ? WHERE id = ?").run(atMs, id);
		},
		find(id) {
			const row = database.prepare("SELECT * FROM assets WHERE id = ?").get(id);
			return row && assetFrom(row);
		},
		list(username) {
			const rows =
				username === undefined
					? database.prepare("SELECT * FROM assets ORDER BY seq DESC").all()
					: database.prepare("SELECT * FROM assets WHERE username = ? ORDER BY seq DESC").all(username);
			return rows.map(assetFrom);
		},
	};
}

function assetFrom(row: Record<string, SQLOutputValue>): StoredAsset {
	const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
	const time = (name: string) => (row[name] === null ? null : Number(row[name]));
	return {
		seq: Number(row["seq"]),
		id: String(row["id"]),
		username: String(row["username"]),
		name: String(row["name"]),
		how: row["how"] === "direct" ? "direct" : "multipart",
		mimeType: String(row["mime_type"]),
		sizeBytes: Number(row["size_bytes"]),
		checksum: text("checksum"),
		sha256: text("sha256"),
		uploads: Number(row["uploads"]),
		createdMs: Number(row["created_ms"]),
		readyMs: time("ready_ms"),
		deletedMs: time("deleted_ms"),
	};
}
