import { isDeepStrictEqual } from "node:util";
import { nearest, show } from "../provider/inputs/problems.ts";
import { entriesOf, type Given, type Spec } from "./merge.ts";
import { nameOf, namesBefore } from "./names.ts";
import type { Problems } from "./problem.ts";

/** One combination of a spec: its values by name, each with the place that it comes from. */
export interface Combination {
	spec: Spec;
	name: string;
	/** What it was called before by the spec's own words. */
	formerNames: string[];
	/** What it may have been called before lists were added. */
	earlierNames: string[];
	/** Inputs, `looks`, `promptSuffix` and `download`. */
	single: ReadonlyMap<string, Given>;
	/** What `{{…}}` stands for. */
	texts: ReadonlyMap<string, string>;
}

/** How many combinations a matrix has, what is excluded counted too; told without making them. */
export const countOf = ({ lists }: Spec): number =>
	[...lists.values()].reduce((product, list) => product * list.length, 1);

/** All combinations of a spec but those that are excluded. */
export function expand(spec: Spec, isInput: (name: string) => boolean, problems: Problems): Combination[] {
	checkExclude(spec, problems);
	const names = [...spec.lists.keys()];
	const all = product([...spec.lists.values()]);
	const kept = all.filter((values) => !isExcluded(spec, names, values));
	if (kept.length === 0) problems.add(spec.source, ["exclude"], "leaves no combination of the matrix.");
	return kept.map((values) => combine(spec, names, values, isInput));
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
	return lists.reduce<T[][]>(
		(all, list) => all.flatMap((before) => list.map((item) => [...before, item])),
		[[]],
	);
}

function combine(
	spec: Spec,
	names: readonly string[],
	values: readonly Given[],
	isInput: (name: string) => boolean,
): Combination {
	const parts = values.map(({ value, path }) => ({ value, first: path.at(-1) === 0 }));
	const name = nameOf(spec.name, parts);
	const single = new Map(spec.single);
	const texts = new Map([...spec.variables].map(([variable, { value }]) => [variable, String(value)]));
	values.forEach((given, at) => {
		const key = names[at] ?? "";
		if (isInput(key)) single.set(key, given);
		if (typeof given.value !== "object") texts.set(key, String(given.value));
	});
	for (const broken of spec.broken) if (!texts.has(broken)) texts.set(broken, `{{${broken}}}`);
	texts.set("name", name);
	return {
		spec,
		name,
		formerNames: spec.formerNames.map((former) => nameOf(former, parts)),
		earlierNames: namesBefore(spec.name, parts),
		single,
		texts,
	};
}

function isExcluded({ exclude }: Spec, names: readonly string[], values: readonly Given[]): boolean {
	return exclude.some(({ value }) => {
		const asked = entriesOf(value);
		return (
			asked.length > 0 &&
			asked.every(([name, wanted]) => isDeepStrictEqual(values[names.indexOf(name)]?.value, wanted))
		);
	});
}

/** What is excluded must be there: a misspelt value would render what was meant to be left out. */
function checkExclude({ exclude, lists, broken }: Spec, problems: Problems): void {
	for (const { value, source, path } of exclude) {
		if (entriesOf(value).length === 0) problems.add(source, path, "names no value to exclude.");
		for (const [name, wanted] of entriesOf(value)) {
			const list = lists.get(name);
			const place = [...path, name];
			if (broken.has(name)) continue;
			if (list === undefined) {
				problems.add(
					source,
					place,
					`there is no list ${name} in the matrix${meant(nearest(name, [...lists.keys()]))}`,
				);
			} else if (!list.some((given) => isDeepStrictEqual(given.value, wanted))) {
				const near = isNumber(wanted)
					? undefined
					: nearest(
							String(wanted),
							list.map((given) => String(given.value)),
						);
				problems.add(source, place, `${show(wanted)} is not in matrix.${name}${meant(near)}`);
			}
		}
	}
}

/** No number is meant by another one that is near. */
const isNumber = (value: unknown) => /^[-+]?[\d.,]+$/.test(String(value));

const meant = (near: string | undefined) => (near === undefined ? "." : `; did you mean ${near}?`);
