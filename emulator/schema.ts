/** The tables of the store. Statements are safe to run on a folder that has them already. */
export const TABLES = `
	CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

	CREATE TABLE IF NOT EXISTS videos (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		username TEXT NOT NULL,
		body TEXT NOT NULL,
		title TEXT,
		idempotency_key TEXT,
		price_usd REAL NOT NULL,
		created_ms INTEGER NOT NULL,
		queue_ms INTEGER NOT NULL,
		render_ms INTEGER NOT NULL,
		failure TEXT,
		deleted_ms INTEGER
	) STRICT;
	CREATE INDEX IF NOT EXISTS videos_of ON videos (username, seq);

	CREATE TABLE IF NOT EXISTS answers (
		username TEXT NOT NULL,
		route TEXT NOT NULL,
		idempotency_key TEXT NOT NULL,
		status INTEGER NOT NULL,
		body TEXT NOT NULL,
		stored_ms INTEGER NOT NULL,
		PRIMARY KEY (username, route, idempotency_key)
	) STRICT;
`;
