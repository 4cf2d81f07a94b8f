import type { ReferenceRequest, VideoRequest, VideoType } from "../../heygen/schemas/videoRequest.ts";
import { unknown, type Values } from "../lifecycle.ts";
import type { CheckedInputs, Reference } from "./inputs.ts";
import { canonicalReference } from "./references.ts";

/** The id of the asset that holds the bytes of this hash. */
export type AssetOfFile = (sha256: string) => string;

/** The inputs that make another video when they change, in the order in which they are hashed: it must never change. */
export const RENDER_INPUTS = [
	"prompt",
	"avatarIds",
	"references",
	"aspectRatio",
	"resolution",
	"duration",
	"autoDuration",
	"enhancePrompt",
] as const;
export type RenderInput = (typeof RENDER_INPUTS)[number];

/**
 * One input in the one form that all its equal spellings share, as text; unknown while a part of it is. Inputs or a
 * state go in: a state holds the same names.
 */
export function canonicalInput(name: RenderInput, values: Values): string | typeof unknown {
	const value = values[name];
	if (value === unknown) return unknown;
	if (name === "prompt") return JSON.stringify(plainPrompt(String(value)));
	if (name === "references") {
		const list = Array.isArray(value) ? value.map(canonicalOf) : [];
		return list.includes(unknown) ? unknown : JSON.stringify(list);
	}
	if (Array.isArray(value) && value.includes(unknown)) return unknown;
	return JSON.stringify(value ?? null);
}

/** Everything that makes a render what it is, as one text; unknown while a part of it is. */
export function canonicalRender(values: Values): string | typeof unknown {
	const parts = RENDER_INPUTS.map((name) => canonicalInput(name, values));
	return parts.includes(unknown) ? unknown : JSON.stringify(parts);
}

/** A revision is the same whether it is written as a number or as a text. */
export function sameRevision(a: Values, b: Values): boolean {
	const [before, after] = [a["revision"], b["revision"]];
	if (before === unknown || after === unknown) return false;
	return revisionText(before) === revisionText(after);
}

const revisionText = (revision: unknown) => (revision === undefined ? undefined : String(revision));

/**
 * The body of the submit. Settings are always spelled out, so that a new default of HeyGen's changes nothing.
 * `assetOfFile` names the uploaded asset of a file by its hash.
 */
export function requestBody(inputs: CheckedInputs, type: VideoType, assetOfFile: AssetOfFile): VideoRequest {
	const { references, duration, title, callbackUrl, callbackId } = inputs;
	return {
		type,
		prompt: plainPrompt(inputs.prompt),
		avatar_id: inputs.avatarIds,
		...(references?.length
			? { references: references.map((reference) => referenceRequest(reference, assetOfFile)) }
			: {}),
		aspect_ratio: inputs.aspectRatio,
		resolution: inputs.resolution,
		...(inputs.autoDuration ? { auto_duration: true } : { duration }),
		...(inputs.enhancePrompt ? { enhance_prompt: true } : {}),
		...(title === undefined ? {} : { title }),
		...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
		...(callbackId === undefined ? {} : { callback_id: callbackId }),
	};
}

/** A checkout on another system may turn line feeds into carriage returns: that is no other prompt. */
const plainPrompt = (prompt: string) => prompt.replace(/\r\n?/g, "\n");

const canonicalOf = (reference: unknown) =>
	typeof reference === "object" && reference !== null ? canonicalReference(reference as Values) : unknown;

function referenceRequest(reference: Reference, assetOfFile: AssetOfFile): ReferenceRequest {
	if ("url" in reference) return { type: "url", url: reference.url };
	if ("assetId" in reference) return { type: "asset_id", asset_id: reference.assetId };
	if ("file" in reference) return { type: "asset_id", asset_id: assetOfFile(reference.sha256 ?? "") };
	return { type: "base64", media_type: reference.mediaType, data: reference.base64 };
}
