import { createHash } from "node:crypto";

/** A number from 0 up to, not including, 1. */
export type Chance = () => number;

/** The same row of numbers for the same seed. */
export function chanceOf(seed: number): Chance {
	let count = 0;
	return () => createHash("sha256").update(`${seed} ${count++}`).digest().readUInt32BE(0) / 2 ** 32;
}

export const one = <T>(chance: Chance, of: readonly T[]) => of[Math.floor(chance() * of.length)] as T;

export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
	const places = list.map((item) => ({ item, at: chance() }));
	return places.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
