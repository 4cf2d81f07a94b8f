import type { AssetStatus, StoredAsset } from "./asset.ts";
import type { Assets } from "./assets.ts";

/** An asset as a test sees it, deleted ones included. */
export interface ControlAsset {
	readonly id: string;
	/** The account. */
	readonly username: string;
	/** The file's name without folders. */
	readonly name: string;
	/** As declared while it is `pending_upload`, then as its bytes are. */
	readonly mimeType: string;
	readonly sizeBytes: number;
	/** Hex; null before the bytes are there. */
	readonly sha256: string | null;
	readonly status: AssetStatus;
	/** By a client; one that is only too old is not. */
	readonly deleted: boolean;
	/** Unix milliseconds. */
	readonly createdAt: number;
	/** In one request, or by the three steps of a direct upload. */
	readonly how: "multipart" | "direct";
}

/** The oldest first. */
export function controlAssets({ table, status }: Assets): ControlAsset[] {
	const shown = (asset: StoredAsset): ControlAsset => {
		const { id, username, name, mimeType, sizeBytes, sha256, deletedMs, createdMs: createdAt, how } = asset;
		const deleted = deletedMs !== null;
		return {
			id,
			username,
			name,
			mimeType,
			sizeBytes,
			sha256,
			status: status(asset),
			deleted,
			createdAt,
			how,
		};
	};
	return table.list().reverse().map(shown);
}
