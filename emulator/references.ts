import { LIMITS, type ReferenceRequest } from "../heygen/schemas/videoRequest.ts";
import { invalidParameter } from "./errors.ts";
import { canonicalType, kindOfMediaType, type MediaKind, mediaTypeOf } from "./mediaType.ts";

const KIND_OF_EXTENSION: Readonly<Record<string, MediaKind>> = {
	png: "image",
	jpg: "image",
	jpeg: "image",
	webp: "image",
	mp4: "video",
	webm: "video",
	mp3: "audio",
	wav: "audio",
};

/** What a reference can be, by the type of its bytes. */
const TAKEN: ReadonlySet<string> = new Set([
	"image/png",
	"image/jpeg",
	"image/webp",
	"video/mp4",
	"video/webm",
	"audio/mpeg",
	"audio/wav",
]);

/** What an asset shows. Throws an `ApiError` when a video cannot use it. */
export type AssetKind = (assetId: string) => MediaKind;

/** Throws an `ApiError` when looks and references break HeyGen's budget, bytes are not what `media_type` says, or an asset does not serve. */
export function checkReferences(
	looks: number,
	references: readonly ReferenceRequest[],
	kindOfAsset: AssetKind,
): void {
	let images = looks;
	let videos = 0;
	for (const reference of references) {
		const kind = kindOf(reference, kindOfAsset);
		if (kind === "image") images++;
		if (kind === "video") videos++;
	}
	if (images > LIMITS.images) {
		throw invalidParameter(
			`references: at most ${LIMITS.images} images across looks and references, got ${images}`,
			"references",
		);
	}
	if (videos > LIMITS.videos) {
		throw invalidParameter(
			`references: at most ${LIMITS.videos} videos across looks and references, got ${videos}`,
			"references",
		);
	}
}

function kindOf(reference: ReferenceRequest, kindOfAsset: AssetKind): MediaKind {
	switch (reference.type) {
		case "asset_id":
			return kindOfAsset(reference.asset_id);
		case "url":
			return kindOfUrl(reference.url);
		case "base64": {
			checkBytes(reference.media_type, Buffer.from(reference.data, "base64"));
			return kindOfMediaType(reference.media_type);
		}
	}
}

function kindOfUrl(text: string): MediaKind {
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw invalidParameter("references: a url must be a public http or https address", "references");
	}
	const extension = /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1]?.toLowerCase();
	return (extension && KIND_OF_EXTENSION[extension]) || "other";
}

function checkBytes(declared: string, bytes: Buffer): void {
	const found = mediaTypeOf(bytes);
	if (found !== undefined && !TAKEN.has(found)) {
		throw invalidParameter(
			`references: ${found} is not taken; a reference is an image, a video or audio`,
			"references",
		);
	}
	if (found !== canonicalType(declared)) {
		throw invalidParameter(
			`references: the file is declared as ${declared}, but its bytes are ${found ?? "of an unknown type"}`,
			"references",
		);
	}
}
