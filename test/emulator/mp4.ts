import assert from "node:assert/strict";

/** What an MP4 file says about its picture. */
export interface Mp4 {
	/** The four letters of the sample format, `avc1` for H.264. */
	readonly codec: string;
	readonly width: number;
	readonly height: number;
	/** Seconds. */
	readonly duration: number;
	readonly frames: number;
}

/** Reads the boxes of a file with one video track. */
export function readMp4(file: Buffer): Mp4 {
	assert.equal(file.toString("latin1", 4, 8), "ftyp");
	const header = box(file, ["moov", "mvhd"]);
	assert.equal(header[0], 0, "a version 0 header");
	const samples = ["moov", "trak", "mdia", "minf", "stbl"];
	const entry = box(file, [...samples, "stsd"]).subarray(8);
	const frames = box(file, [...samples, "stsz"]).readUInt32BE(8);
	return {
		codec: entry.toString("latin1", 4, 8),
		width: entry.readUInt16BE(32),
		height: entry.readUInt16BE(34),
		duration: header.readUInt32BE(16) / header.readUInt32BE(12),
		frames,
	};
}

/** The content of the first box at a path of names. */
function box(within: Buffer, [name = "", ...deeper]: readonly string[]): Buffer {
	for (let at = 0; at + 8 <= within.length; ) {
		const size = within.readUInt32BE(at) || within.length - at;
		assert(size >= 8, `a box of ${size} bytes at ${at}`);
		if (within.toString("latin1", at + 4, at + 8) === name) {
			const content = within.subarray(at + 8, at + size);
			return deeper.length === 0 ? content : box(content, deeper);
		}
		at += size;
	}
	return assert.fail(`the file has no ${name} box`);
}
