import type { DatabaseSync } from "node:sqlite";
import type { EmulatorClock } from "../clock.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { kindOfMediaType, type MediaKind } from "../mediaType.ts";
import type { EmulatorSettings } from "../options.ts";
import { type AssetStatus, isGone, type StoredAsset, statusOf, storedName } from "./asset.ts";
import { type AssetFiles, assetFiles, type ReceivedFile } from "./assetFiles.ts";
import { type AssetTable, assetTable } from "./assetTable.ts";

/** The assets of all accounts, and their bytes. */
export interface Assets {
	readonly table: AssetTable;
	readonly files: AssetFiles;
	/** One that is neither deleted nor too old, of any account. */
	live(id: string): StoredAsset | undefined;
	/** Throws the API's 404 when the account has no such asset. */
	find(username: string, id: string): StoredAsset;
	/** Makes the bytes those of the asset, in place of any it had. */
	take(asset: StoredAsset, received: ReceivedFile): Promise<void>;
	/** The newest first. */
	list(username: string): StoredAsset[];
	status(asset: StoredAsset): AssetStatus;
	/** What a reference to the asset shows. Throws when a video cannot take it: 404, 409 when it is not ready, 400. */
	referenced(username: string, id: string): MediaKind;
}

export function assets(
	database: DatabaseSync,
	dataFolder: string | undefined,
	clock: EmulatorClock,
	settings: EmulatorSettings,
): Assets {
	const table = assetTable(database);
	const withBytes = table.list().filter(({ deletedMs, sha256 }) => deletedMs === null && sha256 !== null);
	const files = assetFiles(dataFolder, new Set(withBytes.map(storedName)));

	const isLive = (asset: StoredAsset) => !isGone(asset, settings, clock.now());
	const live = (id: string) => {
		const asset = table.find(id);
		return asset && isLive(asset) ? asset : undefined;
	};
	const find = (username: string, id: string) => {
		const asset = live(id);
		if (asset?.username !== username) throw new ApiError(404, "asset_not_found", `Asset ${id} not found`);
		return asset;
	};
	const status = (asset: StoredAsset) => statusOf(asset, clock.now());

	return {
		table,
		files,
		live,
		find,
		async take(asset, received) {
			const before = asset.sha256 === null ? undefined : storedName(asset);
			const name = storedName({ id: asset.id, sha256: received.sha256 });
			files.keep(received, name);
			try {
				table.uploaded(asset.id, received.sha256);
			} catch (error) {
				if (name !== before) await files.remove(name);
				throw error;
			}
			if (before !== undefined && name !== before) await files.remove(before);
		},
		list: (username) => table.list(username).filter(isLive),
		status,
		referenced(username, id) {
			const asset = find(username, id);
			if (status(asset) !== "completed") {
				throw new ApiError(
					409,
					"resource_not_ready",
					`Asset ${id} is ${status(asset)}; try again when it is completed`,
				);
			}
			const kind = kindOfMediaType(asset.mimeType);
			if (kind !== "other") return kind;
			throw invalidParameter(
				`references: asset ${id} is ${asset.mimeType}; a reference is an image, a video or audio`,
				"references",
			);
		},
	};
}
