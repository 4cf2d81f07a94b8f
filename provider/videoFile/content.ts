/** What of a video can be kept as a file. */
export const KINDS = ["video", "thumbnail", "gif"] as const;
export type Kind = (typeof KINDS)[number];

/** How many bytes of a file tell its type. */
export const HEAD_BYTES = 12;

interface FileType {
	mimeType: string;
	is(head: Buffer): boolean;
}

const startsWith = (...bytes: number[]) => {
	const wanted = Buffer.from(bytes);
	return (head: Buffer) => head.subarray(0, wanted.length).equals(wanted);
};
const MP4: FileType = { mimeType: "video/mp4", is: (head) => head.toString("latin1", 4, 8) === "ftyp" };
const GIF: FileType = {
	mimeType: "image/gif",
	is: (head) => /^GIF8[79]a/.test(head.toString("latin1", 0, 6)),
};
const WEBP: FileType = {
	mimeType: "image/webp",
	is: (head) => /^RIFF.{4}WEBP$/s.test(head.toString("latin1", 0, 12)),
};
const JPEG: FileType = { mimeType: "image/jpeg", is: startsWith(0xff, 0xd8, 0xff) };
const PNG: FileType = {
	mimeType: "image/png",
	is: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
};

const TYPES: Readonly<Record<Kind, readonly FileType[]>> = {
	video: [MP4],
	thumbnail: [JPEG, PNG, WEBP],
	gif: [GIF, WEBP],
};
/** What the bytes must be, for people. */
const NAMES: Readonly<Record<Kind, string>> = { video: "an MP4", thumbnail: "a picture", gif: "a GIF" };

/** What came is no such file, for instance a web page of something on the way. */
export class WrongContent extends Error {}

/** The type that a file's first bytes show. Throws `WrongContent` when they do not belong to a file of this kind. */
export function typeOf(head: Buffer, kind: Kind): string {
	const type = head.length < HEAD_BYTES ? undefined : TYPES[kind].find(({ is }) => is(head));
	if (type !== undefined) return type.mimeType;
	const looks = /^\s*</.test(head.toString("latin1")) ? ", but looks like a web page" : "";
	throw new WrongContent(
		head.length === 0 ? "what came is empty" : `what came is not ${NAMES[kind]}${looks}`,
	);
}
