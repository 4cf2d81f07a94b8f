import type { StoredAsset } from "./asset.ts";
import type { Assets } from "./assets.ts";
import type { ControlAsset } from "./controlTypes.ts";

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
