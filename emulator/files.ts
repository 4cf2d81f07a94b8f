import { join } from "node:path";
import type { HostedFile } from "./fileHost.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { Links } from "./links.ts";
import type { EmulatorLook } from "./looks.ts";
import type { EmulatorSettings } from "./options.ts";
import type { PictureJob } from "./picture/encode.ts";
import type { Studio } from "./picture/studio.ts";
import { diskShelf, memoryShelf } from "./shelves.ts";
import { durationOf, type StoredVideo, sizeOf } from "./video.ts";

/** The files of a finished video, by name in their link. */
export const FILE_TYPES = {
	"video.mp4": "video/mp4",
	"thumbnail.jpg": "image/jpeg",
	"preview.gif": "image/gif",
} as const;
export type FileName = keyof typeof FILE_TYPES;

export function isFileName(name: string): name is FileName {
	return Object.hasOwn(FILE_TYPES, name);
}

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
	/** Rejects with `ENOENT` when the video is removed meanwhile. */
	ofVideo(video: StoredVideo, name: FileName): Promise<HostedFile>;
	previewOf(look: EmulatorLook): Promise<HostedFile>;
	/** Forgets a video's files, those that are being made too. */
	remove(id: string): Promise<void>;
}

/** `isLive` tells whether there is a video of this id: what the folder holds of others is removed. */
export function files(
	studio: Studio,
	dataFolder: string | undefined,
	isLive: (id: string) => boolean,
): Files {
	if (dataFolder !== undefined) removeLeftovers(dataFolder, isLive);
	const { get, remove } = dataFolder === undefined ? memoryShelf(studio) : diskShelf(studio, dataFolder);
	return {
		ofVideo: (video, name) => get(join("files", video.id, name), () => videoJob(video, name)),
		previewOf: (look) => get(join("looks", `${look.id}.jpg`), () => lookJob(look)),
		remove: (id) => remove(join("files", id)),
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
