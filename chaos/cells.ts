import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Change, MAIN_CHANGES, OTHER_CHANGES } from "./changes.ts";
import {
	ANSWER_FAULTS,
	type Fault,
	KILLS,
	LATE_FAULTS,
	LOST_ANSWERS,
	MACHINE_FAULTS,
	PROCESS_FAULTS,
	SERVICE_GONE,
	SLOW_FAULTS,
	TWO_SIGINT,
} from "./faults.ts";
import { PLACES, type Place } from "./places.ts";

/** One run of the engine that meets a fault, and what comes after it. */
export interface Cell {
	/** Change, place and fault in words: what `--only` looks for. */
	name: string;
	change: Change;
	/** Undefined for a fault in a preview, which comes to no place, and for a run without a fault. */
	place?: Place;
	fault?: Fault;
	preview?: boolean;
}

/** Every fault at every place for one change, a choice for the others, and previews. */
export function allCells(): Cell[] {
	const { submit, accepted, answered, waiting, completion, download, deletion } = PLACES;
	const everywhere: readonly Place[] = Object.values(PLACES);
	const [twoNew, changed] = MAIN_CHANGES;
	return [
		...cells(MAIN_CHANGES, everywhere, PROCESS_FAULTS),
		...cells(MAIN_CHANGES, [accepted, completion, download, deletion], MACHINE_FAULTS),
		...cells([changed], everywhere, ANSWER_FAULTS),
		...cells([twoNew], [submit, accepted, answered], ANSWER_FAULTS),
		...cells(MAIN_CHANGES, [accepted, waiting, completion], LATE_FAULTS),
		...cells(MAIN_CHANGES, [submit, accepted], SLOW_FAULTS),
		...OTHER_CHANGES.map((change) => cellOf({ change })),
		...cells(OTHER_CHANGES, [accepted, completion, deletion], KILLS),
		...cells(OTHER_CHANGES, [submit, deletion], [LOST_ANSWERS, SERVICE_GONE]),
		...cells(OTHER_CHANGES, [waiting], [TWO_SIGINT]),
		...previews(),
	];
}

function cells(changes: readonly Change[], places: readonly Place[], faults: readonly Fault[]): Cell[] {
	return changes.flatMap((change) =>
		places.flatMap((place) =>
			place.isOn?.(change) === false
				? []
				: faults
						.filter((fault) => fault.only?.(place) !== false)
						.map((fault) => cellOf({ change, place, fault })),
		),
	);
}

function previews(): Cell[] {
	const faults = [...PROCESS_FAULTS, SERVICE_GONE];
	return MAIN_CHANGES.flatMap((change) => faults.map((fault) => cellOf({ change, fault, preview: true })));
}

function cellOf(cell: Omit<Cell, "name">): Cell {
	const { change, place, fault, preview } = cell;
	const where = preview ? "in a preview" : (place?.name ?? "anywhere");
	return { ...cell, name: `${change.name} / ${where} / ${fault?.name ?? "no fault"}` };
}

/** A choice of `count` cells that is the same for the same seed, spread over changes, places and faults. */
export function chosen(all: readonly Cell[], count: number, random: () => number): Cell[] {
	const rest = all.filter(({ fault }) => fault === undefined || !SLOW_FAULTS.includes(fault));
	const seen = new Map<string, number>();
	const weight = (cell: Cell) =>
		[cell.change.name, cell.place?.name, cell.fault?.name].reduce(
			(sum, part) => sum + (seen.get(String(part)) ?? 0),
			0,
		);
	const picked: Cell[] = [];
	while (picked.length < count && rest.length > 0) {
		const least = Math.min(...rest.map(weight));
		const among = rest.filter((cell) => weight(cell) === least);
		const cell = among[Math.floor(random() * among.length)] as Cell;
		rest.splice(rest.indexOf(cell), 1);
		picked.push(cell);
		for (const part of [cell.change.name, cell.place?.name, cell.fault?.name]) {
			seen.set(String(part), (seen.get(String(part)) ?? 0) + 1);
		}
	}
	return picked;
}

/** A generator of numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
	const generator = xoroshiro128plus(seed);
	return () => uniformFloat64(generator);
}
