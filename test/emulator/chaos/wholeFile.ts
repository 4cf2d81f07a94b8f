import assert from "node:assert/strict";
import { readMp4 } from "../mp4.ts";

/** The fields of a video that hold links to its files. */
export const FILE_FIELDS = ["video_url", "thumbnail_url", "gif_url"] as const;
export type FileField = (typeof FILE_FIELDS)[number];

/** The names of the files on disk. */
export const FIELD_OF_FILE: Readonly<Record<string, FileField>> = {
	"video.mp4": "video_url",
	"thumbnail.jpg": "thumbnail_url",
	"preview.gif": "gif_url",
};

/** Fails unless the file has its beginning, its end, and what it says of itself between them. */
export function checkWhole(field: FileField, file: Buffer): void {
	switch (field) {
		case "video_url": {
			const { codec, duration } = readMp4(file);
			assert.deepEqual({ codec, duration }, { codec: "avc1", duration: 4 });
			assert.equal(endOfBoxes(file), file.length, "the video ends before its last box does");
			return;
		}
		case "thumbnail_url":
			assert.equal(file.readUInt16BE(0), 0xffd8);
			assert.equal(file.readUInt16BE(file.length - 2), 0xffd9, "the picture has no end");
			return;
		case "gif_url":
			assert.equal(file.toString("latin1", 0, 4), "GIF8");
			assert.equal(file.at(-1), 0x3b, "the preview has no end");
	}
}

function endOfBoxes(file: Buffer): number {
	let end = 0;
	while (end + 8 <= file.length) end += file.readUInt32BE(end);
	return end;
}
