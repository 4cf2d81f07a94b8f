/** What a file shows, as far as the budgets of a video tell kinds apart. */
export type MediaKind = "image" | "video" | "audio" | "other";

/** Bytes at the start of a file that are enough for {@link mediaTypeOf}. */
export const HEAD_BYTES = 4096;

const ALIASES: Readonly<Record<string, string>> = {
	"image/jpg": "image/jpeg",
	"audio/mp3": "audio/mpeg",
	"audio/x-wav": "audio/wav",
	"audio/wave": "audio/wav",
	"audio/vnd.wave": "audio/wav",
	"application/x-pdf": "application/pdf",
	"application/srt": "application/x-subrip",
	"text/srt": "application/x-subrip",
	"text/plain": "application/x-subrip",
};

const FTYP_TYPES: Readonly<Record<string, string>> = {
	"qt  ": "video/quicktime",
	heic: "image/heic",
	avif: "image/avif",
	"M4A ": "audio/mp4",
};

const SRT =
	/^\uFEFF?\s*\d+[ \t]*\r?\n\d{1,2}:\d{2}:\d{2},\d{3}[ \t]*-->[ \t]*\d{1,2}:\d{2}:\d{2},\d{3}[ \t]*(\r?\n|$)/;

/** The one spelling of a declared type: lower case, without parameters, aliases resolved. */
export function canonicalType(declared: string): string {
	const [plain = ""] = declared.split(";");
	const word = plain.trim().toLowerCase();
	return ALIASES[word] ?? word;
}

export function kindOfMediaType(mediaType: string): MediaKind {
	const family = canonicalType(mediaType).split("/")[0];
	return family === "image" || family === "video" || family === "audio" ? family : "other";
}

/** The type of a file by its first bytes, whatever it is called; undefined for one that is not known. */
export function mediaTypeOf(bytes: Buffer): string | undefined {
	const at = (offset: number, text: string) =>
		bytes.toString("latin1", offset, offset + text.length) === text;
	if (at(0, "\x89PNG\r\n\x1a\n")) return "image/png";
	if (at(0, "\xff\xd8\xff")) return "image/jpeg";
	if (at(0, "GIF8")) return "image/gif";
	if (at(0, "RIFF") && at(8, "WEBP")) return "image/webp";
	if (at(4, "ftyp")) return FTYP_TYPES[bytes.toString("latin1", 8, 12)] ?? "video/mp4";
	if (at(0, "\x1a\x45\xdf\xa3"))
		return bytes.subarray(0, 64).includes("webm") ? "video/webm" : "video/x-matroska";
	if (at(0, "ID3") || startsMpegLayer3(bytes)) return "audio/mpeg";
	if (at(0, "RIFF") && at(8, "WAVE")) return "audio/wav";
	if (at(0, "%PDF-")) return "application/pdf";
	if (SRT.test(bytes.toString("utf8", 0, HEAD_BYTES))) return "application/x-subrip";
	return undefined;
}

/** The 11 bits of a frame's start, then the bits for layer III: other layers and AAC differ there. */
function startsMpegLayer3(bytes: Buffer): boolean {
	const [first, second = 0] = bytes;
	return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02;
}
