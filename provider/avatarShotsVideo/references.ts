import { createHash } from "node:crypto";
import { LIMITS } from "../../heygen/schemas/videoRequest.ts";
import { withoutSignature } from "../../heygen/signedLinks.ts";
import { type Problem, unknown, type Values } from "../lifecycle.ts";

export type ReferenceKind = "image" | "video" | "audio";

const KIND_BY_EXTENSION: Readonly<Record<string, ReferenceKind>> = {
	png: "image",
	jpg: "image",
	jpeg: "image",
	webp: "image",
	mp4: "video",
	webm: "video",
	mov: "video",
	mp3: "audio",
	wav: "audio",
};

/** What a reference is, where its media type or its URL's extension tells. */
export function kindOf(reference: unknown): ReferenceKind | undefined {
	if (typeof reference !== "object" || reference === null) return undefined;
	const { mediaType, url } = reference as Values;
	if (typeof mediaType === "string") {
		return (["image", "video", "audio"] as const).find((kind) => mediaType.startsWith(`${kind}/`));
	}
	const path = typeof url === "string" ? URL.parse(url)?.pathname.toLowerCase() : undefined;
	const extension = path === undefined ? undefined : /\.([a-z0-9]+)$/.exec(path)?.[1];
	if (extension === undefined || !Object.hasOwn(KIND_BY_EXTENSION, extension)) return undefined;
	return KIND_BY_EXTENSION[extension];
}

/** HeyGen's budget across looks and references, as far as the kinds can be told; the service has the last word. */
export function budgetProblems({ avatarIds, references }: Values): Problem[] {
	if (!Array.isArray(references)) return [];
	const looks = Array.isArray(avatarIds) ? avatarIds.length : 0;
	const kinds = references.map(kindOf);
	const images = kinds.filter((kind) => kind === "image").length;
	const videos = kinds.filter((kind) => kind === "video").length;
	const problems: Problem[] = [];
	if (looks + images > LIMITS.images) {
		const reason = `must hold at most ${LIMITS.images} images together with the looks; got ${images} beside ${looks}.`;
		problems.push({ property: "references", reason });
	}
	if (videos > LIMITS.videos) {
		problems.push({
			property: "references",
			reason: `must hold at most ${LIMITS.videos} videos; got ${videos}.`,
		});
	}
	return problems;
}

/** A reference as the state keeps it: an inline file by the hash of its bytes, so that no file lies in the state. */
export function withoutBytes(reference: Values): Values {
	const { base64, mediaType } = reference;
	if (typeof base64 !== "string") return reference;
	return { sha256: createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex"), mediaType };
}

/**
 * What of a reference makes another render, whichever form it is given in: its bytes where they are known, else where it
 * lies, whenever the link was signed. Unknown where a part of it is.
 */
export function canonicalReference(reference: Values): readonly unknown[] | typeof unknown {
	if (reference["base64"] === unknown) return unknown;
	const { url, assetId, sha256 } = withoutBytes(reference);
	const parts = sha256 === undefined && url === undefined ? [assetId] : [url, sha256];
	if (parts.includes(unknown)) return unknown;
	if (url !== undefined) return ["url", withoutSignature(String(url))];
	return sha256 === undefined ? ["assetId", assetId] : ["content", sha256];
}
