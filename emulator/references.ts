import { LIMITS, type ReferenceRequest } from "../heygen/schemas/videoRequest.ts";
import { invalidParameter } from "./errors.ts";

type Kind = "image" | "video" | "audio" | "other";

const KIND_OF_EXTENSION: Readonly<Record<string, Kind>> = {
	png: "image",
	jpg: "image",
	jpeg: "image",
	webp: "image",
	mp4: "video",
	webm: "video",
	mp3: "audio",
	wav: "audio",
};

const ALIASES: Readonly<Record<string, string>> = {
	"image/jpg": "image/jpeg",
	"audio/mp3": "audio/mpeg",
	"audio/x-wav": "audio/wav",
	"audio/wave": "audio/wav",
};

/** Throws a 400 when the looks and references break HeyGen's budget, or bytes are not what `media_type` says. */
export function checkReferences(looks: number, references: readonly ReferenceRequest[]): void {
	let images = looks;
	let videos = 0;
	for (const reference of references) {
		const kind = kindOf(reference);
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

function kindOf(reference: ReferenceRequest): Kind {
	switch (reference.type) {
		case "asset_id":
			return "other";
		case "url":
			return kindOfUrl(reference.url);
		case "base64": {
			checkBytes(reference.media_type, Buffer.from(reference.data, "base64"));
			return kindOfMediaType(reference.media_type);
		}
	}
}

function kindOfUrl(text: string): Kind {
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw invalidParameter("references: a url must be a public http or https address", "references");
	}
	const extension = /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1]?.toLowerCase();
	return (extension && KIND_OF_EXTENSION[extension]) || "other";
}

function kindOfMediaType(mediaType: string): Kind {
	const family = mediaType.split("/")[0];
	return family === "image" || family === "video" || family === "audio" ? family : "other";
}

function checkBytes(declared: string, bytes: Buffer): void {
	const wanted = ALIASES[declared.toLowerCase()] ?? declared.toLowerCase();
	const found = mediaTypeOf(bytes);
	if (found !== wanted) {
		throw invalidParameter(
			`references: the file is declared as ${declared}, but its bytes are ${found ?? "of an unknown type"}`,
			"references",
		);
	}
}

function mediaTypeOf(bytes: Buffer): string | undefined {
	const at = (offset: number, text: string) =>
		bytes.toString("latin1", offset, offset + text.length) === text;
	if (at(0, "\x89PNG")) return "image/png";
	if (at(0, "\xff\xd8\xff")) return "image/jpeg";
	if (at(0, "RIFF") && at(8, "WEBP")) return "image/webp";
	if (at(4, "ftyp")) return "video/mp4";
	if (at(0, "\x1a\x45\xdf\xa3")) return "video/webm";
	if (at(0, "ID3") || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return "audio/mpeg";
	if (at(0, "RIFF") && at(8, "WAVE")) return "audio/wav";
	return undefined;
}
