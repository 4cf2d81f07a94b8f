import { Canvas, letterWidth, wrap } from "./canvas.ts";
import { printable } from "./font.ts";

/** What a picture shows. */
export interface Scene {
	/** In large letters. */
	readonly title: string;
	/** Below it, as much as fits. */
	readonly text: string;
	/** Small, at the bottom; the colour is derived from it. */
	readonly id: string;
}

const WHITE = [255, 255, 255] as const;
const MARGIN = 14;

/** Pixels to a unit: the shorter side is 180 units. */
function scaleFor(width: number, height: number): number {
	return Math.min(width, height) / 180;
}

/** The part of the picture that stands still. */
export function paintScene(width: number, height: number, scene: Scene): Canvas {
	const scale = scaleFor(width, height);
	const canvas = new Canvas(width, height, scale);
	const [across, down] = [width / scale, height / scale];
	const hue = hueOf(scene.id);
	const accent = fromHue(hue, 0.75, 0.66);
	canvas.gradient(fromHue(hue, 0.5, 0.34), fromHue(hue + 30, 0.55, 0.13));

	const wide = across > down;
	const square = across === down;
	const column = across * (wide ? 0.64 : 1) - 2 * MARGIN;
	const size = wide ? 1.05 : square ? 0.9 : 1.35;
	paintPerson(canvas, across * (wide ? 0.81 : square ? 0.7 : 0.5), down - 34, size, hue, square ? 0.3 : 1);

	canvas.rectangle(MARGIN, MARGIN, 3, 7, accent);
	canvas.text("HEYGEN EMULATOR", MARGIN + 7, MARGIN, 1, [...WHITE, 0.7]);

	const lines = (text: string, size: number, most: number) =>
		wrap(printable(text), Math.floor(column / letterWidth(size)), most);
	let y = MARGIN + 20;
	for (const line of lines(scene.title, 2, across < down ? 3 : 2)) {
		canvas.text(line, MARGIN, y, 2, WHITE);
		y += 20;
	}
	y += 4;
	for (const line of lines(scene.text, 1, 5)) {
		canvas.text(line, MARGIN, y, 1, [...WHITE, 0.82]);
		y += 11;
	}

	const letters = Math.floor((across - 2 * MARGIN - 60) / letterWidth(1));
	canvas.text(scene.id.slice(0, letters), MARGIN, down - 27, 1, [...WHITE, 0.5]);
	return canvas;
}

/** The part that moves: a bar that is full at the end, and the seconds. */
export function paintProgress(canvas: Canvas, id: string, share: number, seconds: number): void {
	const [across, down] = [canvas.width / canvas.scale, canvas.height / canvas.scale];
	const length = across - 2 * MARGIN;
	const accent = fromHue(hueOf(id), 0.75, 0.66);
	canvas.rectangle(MARGIN, down - 15, length, 4, [...WHITE, 0.2]);
	canvas.rectangle(MARGIN, down - 15, length * share, 4, accent);
	canvas.ellipse(MARGIN + length * share, down - 13, 4, 4, WHITE);

	const time = `${Math.min(seconds, Math.floor(share * seconds) + 1)} / ${seconds} s`;
	canvas.text(time, across - MARGIN - time.length * letterWidth(1) + 1, down - 27, 1, [...WHITE, 0.82]);
}

/** Head and shoulders, standing on `ground`; `cover` below 1 lets the background through. */
function paintPerson(
	canvas: Canvas,
	x: number,
	ground: number,
	size: number,
	hue: number,
	cover: number,
): void {
	const halo = fromHue(hue + 12, 0.45, 0.44);
	const body = fromHue(hue + 8, 0.42, 0.56);
	const face = fromHue(hue + 8, 0.5, 0.66);
	canvas.ellipse(x, ground, 56 * size, 100 * size, [...halo, 0.35 * cover], true);
	canvas.ellipse(x, ground, 42 * size, 36 * size, [...body, cover], true);
	canvas.ellipse(x, ground - 56 * size, 19 * size, 23 * size, [...face, cover]);
}

function hueOf(id: string): number {
	let hash = 0;
	for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 3600;
	return hash / 10;
}

/** A colour by hue in degrees, saturation and lightness from 0 to 1. */
function fromHue(hue: number, saturation: number, lightness: number): readonly [number, number, number] {
	const strength = saturation * Math.min(lightness, 1 - lightness);
	const channel = (offset: number) => {
		const k = (offset + (((hue % 360) + 360) % 360) / 30) % 12;
		return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
	};
	return [channel(0), channel(8), channel(4)];
}
