import type { Values } from "../provider/lifecycle.ts";

export type Path = readonly PropertyKey[];

/** A place in a file, from 1. */
export interface Place {
	line: number;
	column: number;
}

/** One spec as it was given, or what one of them extends. */
export interface Source {
	/** As messages name it. */
	name: string;
	/** What the videos are called unless the spec says otherwise; undefined where it has to say so. */
	defaultName: string | undefined;
	/** The file, absolute and without links; undefined for an object of a program. */
	file: string | undefined;
	/** The absolute folder that its paths start from. */
	folder: string;
	values: Values;
	/** Where a path within the spec stands; that of the nearest part which is there. Undefined without a file. */
	placeOf(path: Path): Place | undefined;
}

/** A spec that a program gives as an object. */
export const objectSource = (
	name: string,
	defaultName: string | undefined,
	folder: string,
	values: Values,
): Source => ({ name, defaultName, file: undefined, folder, values, placeOf: () => undefined });
