import type { EmulatorSettings } from "../options.ts";

/** What HeyGen takes as an asset, by the type of its bytes: the ending of its link, and its `type` in answers. */
export const ASSET_TYPES: Readonly<Record<string, { readonly extension: string; readonly type: string }>> = {
	"image/png": { extension: "png", type: "image" },
	"image/jpeg": { extension: "jpg", type: "image" },
	"video/mp4": { extension: "mp4", type: "video" },
	"video/webm": { extension: "webm", type: "video" },
	"audio/mpeg": { extension: "mp3", type: "audio" },
	"audio/wav": { extension: "wav", type: "audio" },
	"application/pdf": { extension: "pdf", type: "document" },
	"application/x-subrip": { extension: "srt", type: "subtitle" },
};

/** An asset as it is kept. All times are unix milliseconds of the emulator's clock. */
export interface StoredAsset {
	/** Rises with every asset. */
	readonly seq: number;
	readonly id: string;
	/** The account. */
	readonly username: string;
	/** The file's name without folders. */
	readonly name: string;
	readonly how: "multipart" | "direct";
	/** As declared until the asset is complete, then as its bytes are. */
	readonly mimeType: string;
	readonly sizeBytes: number;
	/** Hex; what the bytes of a direct upload must have, null when it was not told. */
	readonly checksum: string | null;
	/** Hex; of the bytes that are there, null before there are any. */
	readonly sha256: string | null;
	/** How often bytes were taken in for it. */
	readonly uploads: number;
	readonly createdMs: number;
	/** When its processing ends; null before it is completed by the client. */
	readonly readyMs: number | null;
	readonly deletedMs: number | null;
}

export type AssetStatus = "pending_upload" | "processing" | "completed";

export function statusOf({ readyMs }: StoredAsset, nowMs: number): AssetStatus {
	if (readyMs === null) return "pending_upload";
	return nowMs < readyMs ? "processing" : "completed";
}

/** Deleted, or older than assets get to be. */
export function isGone(
	{ createdMs, deletedMs }: StoredAsset,
	{ assetHours }: EmulatorSettings,
	nowMs: number,
): boolean {
	return deletedMs !== null || (assetHours !== null && nowMs >= createdMs + assetHours * 3_600_000);
}

/** The last part of an asset's public link. */
export function fileNameOf({ mimeType }: Pick<StoredAsset, "mimeType">): string {
	return `original.${ASSET_TYPES[mimeType]?.extension ?? "bin"}`;
}

/** The name of its bytes on disk: other bytes have another name, so that they are never taken for those that are kept. */
export function storedName({ id, sha256 }: Pick<StoredAsset, "id" | "sha256">): string {
	return `${id}-${sha256}`;
}

/** The headers that a direct upload must carry, word for word. */
export function uploadHeadersOf({ mimeType, checksum }: Pick<StoredAsset, "mimeType" | "checksum">) {
	return {
		"Content-Type": mimeType,
		...(checksum === null
			? {}
			: { "x-amz-checksum-sha256": Buffer.from(checksum, "hex").toString("base64") }),
	};
}
