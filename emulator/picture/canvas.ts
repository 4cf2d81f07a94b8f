import { GLYPH, hasInk } from "./font.ts";

/** Red, green, blue from 0 to 255, and how much of it covers what is below, from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, cover?: number];

/** Pixels to draw on, in units that `scale` turns into whole pixels. */
export class Canvas {
	readonly width: number;
	readonly height: number;
	readonly scale: number;
	/** RGBA, row by row. */
	readonly pixels: Uint8ClampedArray<ArrayBuffer>;

	/** `width` and `height` in pixels. */
	constructor(width: number, height: number, scale: number) {
		this.width = width;
		this.height = height;
		this.scale = scale;
		this.pixels = new Uint8ClampedArray(width * height * 4).fill(255);
	}

	/** Starts over from what another canvas of the same size shows. */
	copy(from: Canvas): void {
		this.pixels.set(from.pixels);
	}

	/** From the top to the bottom of the whole canvas. */
	gradient(top: Colour, bottom: Colour): void {
		for (let y = 0; y < this.height; y++) {
			const share = y / (this.height - 1);
			const mix = (channel: 0 | 1 | 2) => top[channel] + (bottom[channel] - top[channel]) * share;
			this.#row(0, this.width, y, [mix(0), mix(1), mix(2)]);
		}
	}

	rectangle(x: number, y: number, width: number, height: number, colour: Colour): void {
		const end = Math.round((y + height) * this.scale);
		for (let row = Math.round(y * this.scale); row < end; row++) {
			this.#row(Math.round(x * this.scale), Math.round((x + width) * this.scale), row, colour);
		}
	}

	/** An ellipse around a centre; with `upperHalf`, only what is above the centre. */
	ellipse(x: number, y: number, radiusX: number, radiusY: number, colour: Colour, upperHalf = false): void {
		const [cx, cy, rx, ry] = [x * this.scale, y * this.scale, radiusX * this.scale, radiusY * this.scale];
		for (let row = Math.ceil(cy - ry); row < (upperHalf ? cy : cy + ry); row++) {
			const half = rx * Math.sqrt(Math.max(0, 1 - ((row - cy) / ry) ** 2));
			this.#row(Math.round(cx - half), Math.round(cx + half), row, colour);
		}
	}

	/** A line of text with its top left corner at a point; `size` 1 is a letter seven units high. */
	text(text: string, x: number, y: number, size: number, colour: Colour): void {
		let left = x;
		for (const letter of text) {
			for (let row = 0; row < GLYPH.height; row++) {
				for (let column = 0; column < GLYPH.width; column++) {
					if (!hasInk(letter, column, row)) continue;
					this.rectangle(left + column * size, y + row * size, size, size, colour);
				}
			}
			left += letterWidth(size);
		}
	}

	#row(from: number, to: number, y: number, [red, green, blue, cover = 1]: Colour): void {
		if (y < 0 || y >= this.height) return;
		const pixels = this.pixels;
		const end = (y * this.width + Math.min(this.width, to)) * 4;
		for (let at = (y * this.width + Math.max(0, from)) * 4; at < end; at += 4) {
			pixels[at] = (pixels[at] ?? 0) * (1 - cover) + red * cover;
			pixels[at + 1] = (pixels[at + 1] ?? 0) * (1 - cover) + green * cover;
			pixels[at + 2] = (pixels[at + 2] ?? 0) * (1 - cover) + blue * cover;
		}
	}
}

/** Units from one letter to the next. */
export function letterWidth(size: number): number {
	return (GLYPH.width + 1) * size;
}

/** Breaks text between words into lines of at most `letters`; the last of `lines` ends in … when more would follow. */
export function wrap(text: string, letters: number, lines: number): string[] {
	const done: string[] = [];
	let line = "";
	for (const word of text.split(" ").flatMap((each) => pieces(each, letters))) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (Array.from(longer).length <= letters) {
			line = longer;
			continue;
		}
		done.push(line);
		line = word;
		if (done.length > lines) break;
	}
	done.push(line);
	if (done.length <= lines) return done;
	const last = Array.from(done[lines - 1] ?? "").slice(0, letters - 1);
	return [...done.slice(0, lines - 1), `${last.join("")}…`];
}

function pieces(word: string, letters: number): string[] {
	const all = Array.from(word);
	const parts: string[] = [];
	for (let at = 0; at < all.length || at === 0; at += letters)
		parts.push(all.slice(at, at + letters).join(""));
	return parts;
}
