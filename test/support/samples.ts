/** The beginnings of files as their formats have them: enough for their type to be told. */
export const SAMPLES = {
	"image/png": Buffer.from("iVBORw0KGgo=", "base64"),
	"image/jpeg": Buffer.from("ffd8ffe000104a464946", "hex"),
	"video/mp4": Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp41", "latin1"),
	"video/webm": Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "latin1"),
	"audio/mpeg": Buffer.from("fffb9064000000000000", "hex"),
	"audio/wav": Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1"),
	"application/pdf": Buffer.from("%PDF-1.7\n"),
	"application/x-subrip": Buffer.from("1\n00:00:00,000 --> 00:00:01,500\nHello\n"),
} as const;

/** Signature and header of a PNG of 2 × 2 pixels, then the start of its data. */
const PNG_START = Buffer.from(
	"89504e470d0a1a0a0000000d49484452000000020000000208020000009de1fd8e0000000049444154",
	"hex",
);

/** A PNG, as far as its first chunks, of any length; `fill` makes the bytes another file's. */
export function pngOf(size: number, fill = 0): Buffer<ArrayBuffer> {
	const bytes = Buffer.alloc(size, fill);
	PNG_START.copy(bytes);
	const dataAt = PNG_START.length;
	if (size > dataAt) bytes.writeUInt32BE(size - dataAt, dataAt - 8);
	return bytes;
}
