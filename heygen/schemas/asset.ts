import { z } from "zod";
import { Id } from "./envelopes.ts";

/** The most bytes of a file that `POST /v3/assets` takes; larger files are uploaded to the storage directly. */
export const SIMPLE_UPLOAD_BYTES = 32 * 1024 * 1024;
/**
 * The most bytes of any file. HeyGen states none; its own tools speak of 200 MB, and each direct upload tells its
 * `max_bytes`, which has the last word.
 */
export const LARGEST_ASSET_BYTES = 200 * 1024 * 1024;

/** The kinds of files that HeyGen takes as assets, and the endings of their names, the usual one first. */
export const ASSET_TYPES = {
	"image/png": ["png", "apng"],
	"image/jpeg": ["jpg", "jpeg"],
	"video/mp4": ["mp4", "m4v"],
	"video/webm": ["webm"],
	"audio/mpeg": ["mp3"],
	"audio/wav": ["wav"],
	"application/pdf": ["pdf"],
	"application/x-subrip": ["srt"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type AssetType = keyof typeof ASSET_TYPES;

// What nothing depends on is dropped when it is not as expected: a file that is uploaded must not be lost to it.
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

/** An uploaded file. The id's key is `asset_id` here and `id` when it is read. */
export const UploadedAsset = z.looseObject({
	asset_id: Id,
	url: text,
	mime_type: text,
	size_bytes: number,
	/** `processing` while HeyGen still looks at a file that was uploaded directly; absent for small files. */
	status: text,
});
export type UploadedAsset = z.infer<typeof UploadedAsset>;

/** Where and how the bytes of a large file are to be put. */
export const DirectUpload = z.looseObject({
	asset_id: Id,
	/** Presigned: whoever has it may write. Takes no HeyGen key. */
	upload_url: z.url(),
	/** To be sent as they are. */
	upload_headers: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).nullish(),
	expires_in_seconds: number,
	max_bytes: number,
});
export type DirectUpload = z.infer<typeof DirectUpload>;

/** An asset as `GET /v3/assets/{id}` tells it: no checksum, no size. */
export const Asset = z.looseObject({
	id: Id,
	name: text,
	type: text,
	url: text,
});
export type Asset = z.infer<typeof Asset>;
