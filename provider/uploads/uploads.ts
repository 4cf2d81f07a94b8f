import pLimit from "p-limit";
import type { UploadedAsset } from "../../heygen/schemas/asset.ts";
import { keyOf } from "../keys.ts";
import { type Content, type Contents, createContents } from "./content.ts";
import { type UploadContext, upload } from "./upload.ts";

/** How many files are on their way at once: more would not be quicker on one line. */
const AT_ONCE = 4;

/** What a file is, wherever it lies. */
export type Identity = Pick<Content, "sha256" | "mediaType">;

export interface Uploads {
	contents: Contents;
	/** Uploads a file under a key of its own. */
	upload(content: Content, key: string, context: UploadContext): Promise<UploadedAsset>;
	/**
	 * The asset of a file that belongs to no resource: all who name the same bytes share it, within the run and, by its key,
	 * for HeyGen's 24 hours.
	 */
	assetOf(content: Content, context: UploadContext): Promise<string>;
	/** A resource of this stack holds this asset. */
	learn(assetId: string, identity: Identity): void;
	/** What an asset of this stack is. */
	known(assetId: string): Identity | undefined;
}

/** What all uploads of one run share. */
export function createUploads({ keyScope }: { keyScope: string }): Uploads {
	const slots = pLimit(AT_ONCE);
	const shared = new Map<string, Promise<string>>();
	const identities = new Map<string, Identity>();

	const limited: Uploads["upload"] = (content, key, context) => slots(() => upload(content, key, context));

	return {
		contents: createContents(),
		upload: limited,

		assetOf(content, context) {
			const { sha256, name } = content;
			const underWay = shared.get(sha256);
			if (underWay !== undefined) {
				context.report(`waiting for the upload of ${name}`);
				return underWay;
			}
			const key = keyOf(["asset", "shared", keyScope, sha256]);
			const uploading = limited(content, key, context).then(({ asset_id }) => asset_id);
			shared.set(sha256, uploading);
			uploading.catch(() => shared.delete(sha256));
			return uploading;
		},

		learn: (assetId, { sha256, mediaType }) => void identities.set(assetId, { sha256, mediaType }),
		known: (assetId) => identities.get(assetId),
	};
}
