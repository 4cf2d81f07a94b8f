import type { Values } from "../lifecycle.ts";

/** Raised when what the state holds changes its meaning; later versions read all earlier ones. */
export const STATE_VERSION = 1;

/** What is known of an uploaded file. Its bytes are not kept, and neither is where they were. */
export type AssetState = Values & {
	/** Where HeyGen serves it. */
	url?: string | undefined;
	mimeType: string;
	sizeBytes: number;
	/** Lowercase hex, of the file's bytes. */
	sha256: string;
	/** The user name of the HeyGen account that holds the asset. */
	account: string;
	stateVersion: number;
};
