declare module "gifenc" {
	type Palette = number[][];

	interface GifStream {
		/** `delay` in milliseconds. */
		writeFrame(
			index: Uint8Array,
			width: number,
			height: number,
			options: { palette?: Palette; delay?: number },
		): void;
		finish(): void;
		bytes(): Uint8Array<ArrayBuffer>;
	}

	const gifenc: {
		GIFEncoder(): GifStream;
		quantize(rgba: Uint8Array | Uint8ClampedArray, maxColors: number): Palette;
		applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: Palette): Uint8Array;
	};
	export default gifenc;
}
