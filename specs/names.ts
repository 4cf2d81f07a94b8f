import { createHash } from "node:crypto";

/** The most lists of which each may have been added since the last run; more make too many former names. */
const MOST_ADDED = 4;

/** One value of a combination, and whether it is the first of its list. */
export interface Part {
	value: unknown;
	first: boolean;
}

/**
 * A value as a part of a name: safe in a path on every system, the same whatever stands beside it. Where it leaves
 * something out that tells values apart, a hash follows.
 */
export function partOfName(value: unknown): string {
	if (typeof value === "object" && value !== null) return hashOf(value);
	const text = String(value).normalize("NFC");
	const plain = text.replace(/^(\d+):(\d+)$/, "$1x$2").replaceAll(" ", "-");
	const safe = plain.replace(/[^\p{L}\p{N}._-]/gu, "-").slice(0, 40);
	return safe === plain && safe !== ""
		? safe
		: [safe.replace(/^-+|-+$/g, ""), hashOf(text)].filter(Boolean).join("-");
}

const hashOf = (value: unknown) =>
	createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);

/** What a combination is called. */
export const nameOf = (spec: string, parts: readonly Part[]): string =>
	[spec, ...parts.map(({ value }) => partOfName(value))].join("-");

/**
 * What it may have been called before lists were added to the matrix: the first value of a new list takes the video over
 * that was there without it.
 */
export function namesBefore(spec: string, parts: readonly Part[]): string[] {
	const added = parts.filter(({ first }) => first).length;
	if (added > MOST_ADDED) return [];
	const ways = parts.reduce<Part[][]>(
		(all, part) => all.flatMap((way) => (part.first ? [[...way, part], way] : [[...way, part]])),
		[[]],
	);
	return ways.slice(1).map((way) => nameOf(spec, way));
}
