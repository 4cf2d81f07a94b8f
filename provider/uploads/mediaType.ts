import { ASSET_TYPES, type AssetType } from "../../heygen/schemas/asset.ts";

/** How many of a file's first bytes tell its type. */
export const BYTES_FOR_TYPE = 4_100;

export interface ToldType {
	/** The type, as HeyGen names it; undefined for a file of a kind that HeyGen does not take. */
	mediaType: AssetType | undefined;
	/** What the file is, in the words of the bytes; undefined when they tell nothing. */
	found: string | undefined;
}

/** Tells from a file's first bytes what it is. The names of the types are ours, whatever the library's next version says. */
export async function tellType(start: Uint8Array): Promise<ToldType> {
	const { fileTypeFromBuffer } = await import("file-type");
	const told = await fileTypeFromBuffer(start);
	if (told !== undefined) return { mediaType: typeOfExtension(told.ext), found: told.mime };
	return isSubRip(start)
		? { mediaType: "application/x-subrip", found: "application/x-subrip" }
		: { mediaType: undefined, found: undefined };
}

/** The type that a file's name promises; undefined for an ending that HeyGen's types do not have. */
export function typeOfName(name: string): AssetType | undefined {
	const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
	return extension === undefined ? undefined : typeOfExtension(extension);
}

/** What HeyGen takes, for messages: `png, jpg, mp4, …`. */
export const takenExtensions = (): string =>
	Object.values(ASSET_TYPES)
		.map(([usual]) => usual)
		.join(", ");

function typeOfExtension(extension: string): AssetType | undefined {
	const found = Object.entries(ASSET_TYPES).find(([, endings]) =>
		(endings as readonly string[]).includes(extension),
	);
	return found?.[0] as AssetType | undefined;
}

/** Subtitles have no magic bytes: a number, then a line with two times. */
export function isSubRip(start: Uint8Array): boolean {
	const text = new TextDecoder().decode(start);
	return /^\uFEFF?\s*\d+[ \t]*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,2}:\d{2}/.test(text);
}
