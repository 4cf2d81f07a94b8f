import type { Dispatcher } from "undici";
import { type CallOptions, type Calls, pathOf, READ_LIMIT_MS, WRITE_LIMIT_MS } from "./calls.ts";
import { Asset, DirectUpload, UploadedAsset } from "./schemas/asset.ts";
import { dataOf, NothingToTell } from "./schemas/envelopes.ts";
import { putFile } from "./storage.ts";
import { formBody, type LocalFile, type OnProgress } from "./uploadBody.ts";

/** The slowest line that an upload gets the time for, in bytes a second. */
const SLOWEST_BYTES_PER_SECOND = 64 * 1024;

export interface UploadOptions extends CallOptions {
	/** Called with the bytes sent so far; after a broken try it begins anew. */
	onProgress?: OnProgress | undefined;
}

export function assetCalls(calls: Calls, dispatcher: Dispatcher) {
	return {
		/**
		 * Uploads a file of up to 32 MiB. The same key within 24 hours answers with the first upload's asset, also when that
		 * was deleted since. Throws `FileChanged` when the file is not what was hashed.
		 */
		async uploadAsset(file: LocalFile, idempotencyKey: string, how: UploadOptions = {}) {
			const call = {
				method: "POST",
				path: "/v3/assets",
				upload: formBody(file, how.onProgress),
				idempotencyKey,
				answer: dataOf(UploadedAsset),
				timeLimitMs: uploadLimit(file.sizeBytes),
			} as const;
			return (await calls.send(call, true, how)).body.data;
		},

		/** Asks for a place to put a larger file. Keys as for `uploadAsset`: a replayed place may have expired. */
		async startDirectUpload(file: LocalFile, idempotencyKey: string, how: CallOptions = {}) {
			const call = {
				method: "POST",
				path: "/v3/assets/direct-uploads",
				body: {
					filename: file.name,
					content_type: file.mediaType,
					size_bytes: file.sizeBytes,
					checksum_sha256: file.sha256,
				},
				idempotencyKey,
				answer: dataOf(DirectUpload),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			return (await calls.send(call, true, how)).body.data;
		},

		/** Puts a file's bytes to the place that HeyGen named, without the key. The storage refuses other bytes. */
		putDirectUpload(upload: DirectUpload, file: LocalFile, how: UploadOptions = {}): Promise<void> {
			const timeLimitMs = uploadLimit(file.sizeBytes);
			return putFile(upload, file, { ...how, timeLimitMs, dispatcher, clock: calls.clock });
		},

		/** Makes an asset of bytes that are in place. Safe to repeat. 409 while the storage does not show them yet. */
		async completeDirectUpload(
			assetId: string,
			sha256: string,
			how: CallOptions = {},
		): Promise<UploadedAsset> {
			const call = {
				method: "POST",
				path: `${assetPath(assetId)}/complete`,
				body: { checksum_sha256: sha256 },
				answer: dataOf(UploadedAsset),
				timeLimitMs: WRITE_LIMIT_MS,
			} as const;
			return (await calls.send(call, true, how)).body.data;
		},

		async getAsset(assetId: string, how: CallOptions = {}): Promise<Asset> {
			return (await calls.read(assetPath(assetId), dataOf(Asset), how)).data;
		},

		/** Deletes an asset for good. A second call answers 404. */
		async deleteAsset(assetId: string, how: CallOptions = {}): Promise<void> {
			const call = { method: "DELETE", path: assetPath(assetId), answer: NothingToTell } as const;
			await calls.send({ ...call, timeLimitMs: READ_LIMIT_MS }, true, how);
		},
	};
}

const assetPath = (assetId: string) => pathOf("/v3/assets", assetId);

const uploadLimit = (bytes: number) => WRITE_LIMIT_MS + Math.ceil(bytes / SLOWEST_BYTES_PER_SECOND) * 1_000;
