import gifenc from "gifenc";
import h264 from "h264-mp4-encoder";
import jpeg from "jpeg-js";
import { Canvas } from "./canvas.ts";
import { paintProgress, paintScene, type Scene } from "./scene.ts";

/** A file to make. */
export interface PictureJob {
	readonly format: "mp4" | "jpeg" | "gif";
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	/** Whole seconds; 0 for a picture without a progress bar. */
	readonly seconds: number;
	readonly scene: Scene;
}

const FRAMES_PER_SECOND = 4;
const GIF_FRAMES = 12;

/** Not for two jobs at once in one thread: the H.264 encoder has one file system for all. */
export async function encode(job: PictureJob): Promise<Uint8Array<ArrayBuffer>> {
	switch (job.format) {
		case "mp4":
			return encodeMp4(job);
		case "jpeg":
			return encodeJpeg(job);
		case "gif":
			return encodeGif(job);
	}
}

/** The frames in order. All are the same canvas: use each before the next. */
function* frames({ width, height, seconds, scene }: PictureJob, count: number): Generator<Canvas> {
	const still = paintScene(width, height, scene);
	const canvas = new Canvas(width, height, still.scale);
	for (let frame = 0; frame < count; frame++) {
		canvas.copy(still);
		if (seconds > 0) paintProgress(canvas, scene.id, frame / Math.max(1, count - 1), seconds);
		yield canvas;
	}
}

async function encodeMp4(job: PictureJob): Promise<Uint8Array<ArrayBuffer>> {
	const encoder = await h264.createH264MP4Encoder();
	try {
		encoder.width = job.width;
		encoder.height = job.height;
		encoder.frameRate = FRAMES_PER_SECOND;
		// The file names no key frames, which tells players that each frame is one; so each has to be.
		encoder.groupOfPictures = 1;
		encoder.quantizationParameter = 32;
		encoder.speed = 8;
		encoder.initialize();
		for (const { pixels } of frames(job, job.seconds * FRAMES_PER_SECOND)) encoder.addFrameRgba(pixels);
		encoder.finalize();
		const bytes = new Uint8Array(encoder.FS.readFile(encoder.outputFilename));
		encoder.FS.unlink(encoder.outputFilename);
		return bytes;
	} finally {
		encoder.delete();
	}
}

function encodeJpeg(job: PictureJob): Uint8Array<ArrayBuffer> {
	const [canvas] = frames(job, 1);
	if (!canvas) throw new Error("A picture has at least one frame");
	const { width, height, pixels } = canvas;
	return new Uint8Array(jpeg.encode({ width, height, data: pixels }, 85).data);
}

function encodeGif(job: PictureJob): Uint8Array<ArrayBuffer> {
	const gif = gifenc.GIFEncoder();
	let palette: number[][] | undefined;
	for (const { pixels, width, height } of frames(job, GIF_FRAMES)) {
		const first = palette === undefined;
		palette ??= gifenc.quantize(pixels, 128);
		gif.writeFrame(gifenc.applyPalette(pixels, palette), width, height, {
			...(first ? { palette } : {}),
			delay: Math.round((job.seconds * 1000) / GIF_FRAMES),
		});
	}
	gif.finish();
	return new Uint8Array(gif.bytes());
}
