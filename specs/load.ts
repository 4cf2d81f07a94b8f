import { realpathSync } from "node:fs";
import { show } from "../provider/inputs/problems.ts";
import type { Values } from "../provider/lifecycle.ts";
import { checkLiterals, checkTogether, checkUnique, checkVideo, createFileCheck } from "./check.ts";
import { countOf, expand } from "./expand.ts";
import { type ReadSpecs, readSpecs, type Where } from "./files.ts";
import { settleFormerNames } from "./formerNames.ts";
import { checkSource, createBases, mergeSpec, type Spec } from "./merge.ts";
import { Problems, type SpecProblem } from "./problem.ts";
import { INPUT_NAMES } from "./schema.ts";
import { objectSource } from "./source.ts";
import { type SpecVideo, videoOf } from "./video.ts";

/** The most videos of one set, unless another limit is given. */
export const MOST_VIDEOS = 5_000;

/** Specs as a program or a command line names them: patterns of files, or the specs themselves. */
export type SpecsGiven = string | readonly (string | object)[] | Readonly<Record<string, object>>;

export interface LoadOptions extends Where {
	/** The most videos that all specs together may describe. */
	mostVideos: number;
}

export interface LoadedSpecs {
	/** How many files or objects were looked at. */
	specs: number;
	/** Not to be used while there is an error among the problems. */
	videos: SpecVideo[];
	problems: SpecProblem[];
	/** Whether nothing keeps the videos from being rendered. */
	ok: boolean;
}

/** Reads, checks and expands specs. Asks nobody and changes nothing; everything that is wrong is told at once. */
export function loadSpecs(given: SpecsGiven, options: LoadOptions): LoadedSpecs {
	const problems = new Problems();
	const [folder, program, project] = [options.folder, options.program, options.project].map((path) =>
		realpathSync.native(path),
	) as [string, string, string];
	const where = { folder, program, project };
	const { sources, lookedAt } = sourcesOf(given, where, problems);
	for (const source of sources) checkSource(source, problems);

	const bases = createBases(where, problems);
	const specs = sources.flatMap((source) => mergeSpec(source, bases, problems) ?? []);
	const made = isTooMany(specs, options.mostVideos, problems) ? [] : makeAll(specs, where, problems);
	checkUnique(made, where, problems);
	settleFormerNames(made, problems);
	return {
		specs: lookedAt,
		videos: made.map(({ video }) => video),
		problems: problems.all(),
		ok: problems.errors === 0,
	};
}

function sourcesOf(given: SpecsGiven, where: Where, problems: Problems): ReadSpecs {
	const isObject = (value: unknown): value is Values =>
		typeof value === "object" && value !== null && !Array.isArray(value);
	if (isObject(given)) {
		const entries = Object.entries(given);
		const sources = entries.flatMap(([name, spec]) => {
			if (isObject(spec)) return objectSource(`specs.${name}`, name, where.folder, spec);
			problems.addUnread(`specs.${name}`, `must be an object such as { prompt: "…" }; got ${show(spec)}.`);
			return [];
		});
		return { sources, lookedAt: entries.length };
	}
	const list: unknown[] = [given].flat();
	const patterns = list.filter((item) => typeof item === "string");
	const objects = list.flatMap((item, at) => {
		if (typeof item === "string") return [];
		if (isObject(item)) return objectSource(`specs[${at}]`, undefined, where.folder, item);
		problems.addUnread(`specs[${at}]`, `must be a path, a glob or an object; got ${show(item)}.`);
		return [];
	});
	if (list.length === 0) problems.addUnread("specs", "names no spec.");
	const read = readSpecs(patterns, where, problems);
	return {
		sources: [...read.sources, ...objects],
		lookedAt: read.lookedAt + list.length - patterns.length,
	};
}

/** Counted before a single combination is made. */
function isTooMany(specs: readonly Spec[], most: number, problems: Problems): boolean {
	const counts = specs.map((spec) => ({ spec, count: countOf(spec) }));
	const sum = counts.reduce((total, { count }) => total + count, 0);
	if (sum <= most) return false;
	const limit = `more than the ${most.toLocaleString("en")} that are allowed at once`;
	const large = counts.filter(({ count }) => count > most);
	for (const { spec, count } of large) {
		problems.add(spec.source, ["matrix"], `describes ${count.toLocaleString("en")} videos, ${limit}.`);
	}
	if (large.length === 0)
		problems.addUnread("specs", `describe ${sum.toLocaleString("en")} videos together, ${limit}.`);
	return true;
}

function makeAll(specs: readonly Spec[], where: Where, problems: Problems) {
	const isInput = (name: string) => INPUT_NAMES.includes(name);
	const checkFiles = createFileCheck(where, problems);
	return specs.flatMap((spec) => {
		checkLiterals(spec, problems);
		const made = expand(spec, isInput, problems).map((combination) => {
			const video = videoOf(combination, where, problems);
			checkVideo(combination, video, where, problems);
			checkFiles(combination);
			return { combination, video };
		});
		if (made.length > 0) checkTogether(spec, made, problems);
		return made;
	});
}
