import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Links } from "./links.ts";
import type { EmulatorLook } from "./looks.ts";
import type { EmulatorSettings } from "./options.ts";
import type { PictureJob } from "./picture/encode.ts";
import type { Studio } from "./picture/studio.ts";
import { durationOf, type StoredVideo, sizeOf } from "./video.ts";

/** The files of a finished video, by name in their link. */
export const FILE_TYPES = {
	"video.mp4": "video/mp4",
	"thumbnail.jpg": "image/jpeg",
	"preview.gif": "image/gif",
} as const;
export type FileName = keyof typeof FILE_TYPES;

/** Whether a file is open only to those who hold a presigned link. */
export const needsSignature = (name: FileName, { signedPreviews }: EmulatorSettings) =>
	signedPreviews || name === "video.mp4";

/** The path of a file, with a fresh signature where it needs one. */
export function fileLink(
	{ links, settings }: { readonly links: Links; readonly settings: EmulatorSettings },
	videoId: string,
	name: FileName,
): string {
	const path = `/files/${videoId}/${name}`;
	return needsSignature(name, settings) ? links.sign(path, settings.linkSeconds) : path;
}

/** Makes a file when it is first asked for, once, and keeps it: in the data folder, or in memory. */
export interface Files {
	ofVideo(video: StoredVideo, name: FileName): Promise<Buffer>;
	previewOf(look: EmulatorLook): Promise<Buffer>;
	/** Forgets a video's files. */
	remove(id: string): Promise<void>;
}

export function files(studio: Studio, dataFolder: string | undefined): Files {
	const made = new Map<string, Promise<Buffer>>();

	/** One making for all who ask; what is on disk need not stay in memory. */
	const once = (path: string, job: PictureJob): Promise<Buffer> => {
		const known = made.get(path);
		if (known) return known;
		const making = dataFolder === undefined ? studio.make(job) : readOrMake(join(dataFolder, path), job);
		made.set(path, making);
		const forget = () => made.delete(path);
		making.then(dataFolder === undefined ? undefined : forget, forget);
		return making;
	};

	const readOrMake = async (path: string, job: PictureJob): Promise<Buffer> => {
		const kept = await readFile(path).catch(() => undefined);
		if (kept) return kept;
		const bytes = await studio.make(job);
		const unfinished = `${path}.${randomBytes(4).toString("hex")}.tmp`;
		await mkdir(join(path, ".."), { recursive: true });
		await writeFile(unfinished, bytes);
		await rename(unfinished, path);
		return bytes;
	};

	return {
		ofVideo: (video, name) => once(join("files", video.id, name), videoJob(video, name)),
		previewOf: (look) => once(join("looks", `${look.id}.jpg`), lookJob(look)),
		async remove(id) {
			const folder = join("files", id);
			const underWay = [...made].filter(([path]) => path.startsWith(folder));
			await Promise.allSettled(underWay.map(([, making]) => making));
			for (const [path] of underWay) made.delete(path);
			if (dataFolder !== undefined) await rm(join(dataFolder, folder), { recursive: true, force: true });
		},
	};
}

function videoJob(video: StoredVideo, name: FileName): PictureJob {
	const { width, height } = sizeOf(video.body);
	const scene = { title: video.title ?? "Untitled video", text: video.body.prompt, id: video.id };
	const seconds = durationOf(video.body);
	const small = (side: number) => {
		const share = side / Math.min(width, height);
		return { width: Math.round(width * share), height: Math.round(height * share) };
	};
	switch (name) {
		case "video.mp4":
			return { format: "mp4", width, height, seconds, scene };
		case "thumbnail.jpg":
			return { format: "jpeg", ...small(360), seconds, scene };
		case "preview.gif":
			return { format: "gif", ...small(180), seconds, scene };
	}
}

function lookJob(look: EmulatorLook): PictureJob {
	const share = 360 / Math.min(look.image_width, look.image_height);
	return {
		format: "jpeg",
		width: Math.round(look.image_width * share),
		height: Math.round(look.image_height * share),
		seconds: 0,
		scene: { title: look.name, text: look.tags.join(", "), id: look.id },
	};
}
