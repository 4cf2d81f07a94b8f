import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Media } from "../gallery/cards.ts";
import type { KnownFile, Video } from "../gallery/video.ts";

type Kind = "video" | "still";

/** How pictures get into a page. */
export interface Placing {
	/** The page's own file. */
	readonly page: string;
	/** The folder that paths of `VideoFile` start from. */
	readonly program: string;
	/** Bytes that may be put into the page. */
	readonly embedBytes: number;
	readonly withLinks: boolean;
}

/** Where the page finds each video's picture, by the video's id, and how many files stayed outside for their size. */
export async function mediaOf(videos: readonly Video[], placing: Placing) {
	const media = new Map<string, Media>();
	let left = placing.embedBytes;
	let outside = 0;
	const place = async (video: Video, kind: Kind) => {
		const file = video.files[kind];
		const path = file && resolve(placing.program, file.path);
		if (file !== undefined && path !== undefined && (await isThere(path))) {
			const bytes = file.sizeBytes <= left ? await sameBytes(path, file) : undefined;
			if (bytes !== undefined) left -= bytes.length;
			else if (placing.embedBytes > 0) outside++;
			return bytes === undefined ? addressOf(path, placing.page) : dataUrl(bytes, kind);
		}
		return placing.withLinks ? video.links[kind] : undefined;
	};
	// The stills first: they are small, and each video has a picture then.
	for (const kind of ["still", "video"] as const) {
		for (const video of videos) {
			if (video.id === undefined) continue;
			media.set(video.id, { ...media.get(video.id), [kind]: await place(video, kind) });
		}
	}
	return { media, outside };
}

/** From the page on, so that both can be moved together; whole where they lie on different drives. */
function addressOf(path: string, page: string): string {
	const way = relative(dirname(resolve(page)), path);
	if (isAbsolute(way)) return pathToFileURL(path).href;
	return way.split(sep).map(encodeURIComponent).join("/");
}

/** Only what the stack has written is put into a page that may be sent to others, whatever a state names. */
async function sameBytes(path: string, { sha256, sizeBytes }: KnownFile): Promise<Buffer | undefined> {
	if ((await stat(path)).size !== sizeBytes) return undefined;
	const bytes = await readFile(path);
	return createHash("sha256").update(bytes).digest("hex") === sha256 ? bytes : undefined;
}

function dataUrl(bytes: Buffer, kind: Kind): string {
	const gif = kind === "still" && bytes.toString("latin1", 0, 4) === "GIF8";
	const type = kind === "video" ? "video/mp4" : gif ? "image/gif" : "image/jpeg";
	return `data:${type};base64,${bytes.toString("base64")}`;
}

async function isThere(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isFile(),
		() => false,
	);
}
