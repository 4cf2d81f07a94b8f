import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Choices that are the same for the same seed. */
export interface Random {
	/** A whole number from 0 to `limit - 1`. */
	below(limit: number): number;
	pick<T>(list: readonly T[]): T | undefined;
	/** Up to `most` different ones. */
	sample<T>(list: readonly T[], most: number): T[];
}

export function randomFrom(seed: number): Random {
	const generator = xoroshiro128plus(seed);
	const below = (limit: number) => uniformInt(generator, 0, limit - 1);
	return {
		below,
		pick: (list) => (list.length === 0 ? undefined : list[below(list.length)]),
		sample(list, most) {
			if (list.length <= most) return [...list];
			const chosen = new Set<number>();
			while (chosen.size < most) chosen.add(below(list.length));
			return [...chosen].map((at) => list[at] as (typeof list)[number]);
		},
	};
}
