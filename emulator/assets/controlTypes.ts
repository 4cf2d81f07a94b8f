import type { AssetStatus } from "./asset.ts";

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
