import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { inputIssues, nearest, show } from "../provider/inputs/problems.ts";
import type { Values } from "../provider/lifecycle.ts";
import { isWithin, readSpec, type Where } from "./files.ts";
import { cutPath, pathFault } from "./pathFault.ts";
import type { Problems } from "./problem.ts";
import { INPUT_NAMES, Name, RULES } from "./schema.ts";
import type { Path, Source } from "./source.ts";
import { VARIABLE } from "./template.ts";

/** A value and where it was given. */
export interface Given {
	value: unknown;
	source: Source;
	path: Path;
}

/** One spec with what it extends. */
export interface Spec {
	source: Source;
	name: string;
	formerNames: readonly string[];
	/** Single values: inputs, `looks`, `promptSuffix` and `download`. */
	single: ReadonlyMap<string, Given>;
	variables: ReadonlyMap<string, Given>;
	/** The lists of the matrix, by the names of their inputs or variables, in the order of these names. */
	lists: ReadonlyMap<string, readonly Given[]>;
	exclude: readonly Given[];
	/** The names of lists that are wrong, which is told: what is missing for want of them is not. */
	broken: ReadonlySet<string>;
}

/** Reads what specs extend, each file once. */
export type Bases = (path: string, from: Source) => Source | undefined;

/** Tells what stands in the way in place of a base. */
export function createBases(where: Where, problems: Problems): Bases {
	const read = new Map<string, Source | undefined>();
	return (path, from) => {
		const absolute = resolve(from.folder, path);
		const fault = (reason: string) => {
			problems.add(from, ["extends"], reason);
			return undefined;
		};
		let file: string;
		try {
			file = realpathSync.native(absolute);
		} catch (error) {
			return fault(`${cutPath(path)} ${pathFault(error)}`);
		}
		if (!isWithin(where.project, file)) return fault(`${cutPath(path)} leads out of the project's folder.`);
		if (!read.has(file)) read.set(file, readChecked(file, where, problems));
		return read.get(file);
	};
}

function readChecked(file: string, where: Where, problems: Problems): Source | undefined {
	const source = readSpec(file, where, problems);
	if (source !== undefined) checkSource(source, problems);
	return source;
}

/** Checks the form of one source. */
export function checkSource(source: Source, problems: Problems): void {
	for (const { path, reason } of inputIssues(source.values, RULES)) {
		const name = nameForId(source.values, path);
		const hint = name === undefined ? "" : ` A name goes into looks: [${JSON.stringify(name)}].`;
		problems.add(source, path, `${reason}${hint}`);
	}
}

/** What stands in the place of a look's id and is a name by its spaces. */
function nameForId(values: Values, path: Path): string | undefined {
	const [name, at] = path[0] === "matrix" ? [path[1], path.length - 3] : [path[0], path.length - 1];
	if (name !== "avatarIds" || at !== 1) return undefined;
	const value = path.reduce<unknown>((here, part) => (here as Values)?.[String(part)], values);
	return typeof value === "string" && /\S\s+\S/.test(value) ? value : undefined;
}

/** Puts a spec together with what it extends; undefined where a name or a file is missing, which is told. */
export function mergeSpec(source: Source, bases: Bases, problems: Problems): Spec | undefined {
	const chain = chainOf(source, bases, problems);
	const name = source.values["name"] ?? source.defaultName;
	if (typeof name !== "string" || !Name.safeParse(name).success) {
		problems.add(source, ["name"], nameFault(name));
		return undefined;
	}
	const merged = {
		single: new Map(),
		variables: new Map(),
		lists: new Map(),
		exclude: undefined,
		broken: new Set<string>(),
	};
	const given = chain.reduce<Merged>((above, each) => mergeOne(each, above, problems), merged);
	const former = source.values["formerName"] ?? [];
	return {
		source,
		name,
		formerNames: [former].flat().filter((each) => typeof each === "string"),
		single: given.single,
		variables: given.variables,
		lists: new Map([...given.lists].sort(([a], [b]) => (a < b ? -1 : 1))),
		exclude: given.exclude ?? [],
		broken: given.broken,
	};
}

const nameFault = (name: unknown) =>
	name === undefined
		? "give the spec a name."
		: `must be ${RULES.allowed["name"]}; got ${JSON.stringify(name)}.`;

/** The spec, what it extends, what that extends, …: the nearest first. */
function chainOf(source: Source, bases: Bases, problems: Problems): Source[] {
	const chain = [source];
	for (let here: Source | undefined = source; here !== undefined; ) {
		const path: unknown = here.values["extends"];
		if (typeof path !== "string" || path === "") break;
		const base = bases(path, here);
		if (base !== undefined && chain.some(({ file }) => file === base.file)) {
			const way = [...chain, base].map(({ name }) => name).join(" → ");
			problems.add(here, ["extends"], `goes round in a circle: ${way}.`);
			break;
		}
		if (base !== undefined) chain.push(base);
		here = base;
	}
	return chain;
}

interface Merged {
	single: Map<string, Given>;
	variables: Map<string, Given>;
	lists: Map<string, readonly Given[]>;
	exclude: Given[] | undefined;
	broken: ReadonlySet<string>;
}

/** What two names give is one thing: the looks. */
export const slot = (name: string) => (name === "looks" ? "avatarIds" : name);
const SINGLE = [...INPUT_NAMES, "download"];

/** Adds what a source gives and none above it does. */
function mergeOne(source: Source, above: Merged, problems: Problems): Merged {
	const { single, variables, lists } = above;
	const taken = new Set([...single.keys(), ...variables.keys(), ...lists.keys()].map(slot));
	const own = new Set<string>();
	const broken = new Set(above.broken);
	const place = <T>(kind: Map<string, T>, name: string, value: T, path: Path) => {
		if (own.has(slot(name))) {
			problems.add(source, path, "is given in another place of this spec too; leave one of them out.");
		} else if (!taken.has(slot(name))) kind.set(name, value);
		own.add(slot(name));
	};

	const { values } = source;
	for (const name of SINGLE) {
		const value = values[name];
		if (value !== undefined) place(single, name, { value, source, path: [name] }, [name]);
	}
	for (const [name, value] of entriesOf(values["vars"])) {
		const path = ["vars", name];
		const fault = variableFault(name, [value]);
		if (fault === undefined) place(variables, name, { value, source, path }, path);
		else problems.add(source, path, fault);
	}
	for (const [name, items] of entriesOf(values["matrix"])) {
		const path = ["matrix", name];
		const list = Array.isArray(items) ? items : [];
		const all = list.map(givenAt(source, path));
		const fault = INPUT_NAMES.includes(name) ? undefined : variableFault(name, list);
		if (fault !== undefined) problems.add(source, path, fault);
		else if (list.length > 0) place(lists, name, distinct(all, problems), path);
		if (items !== undefined && (fault !== undefined || list.length === 0)) broken.add(name);
	}
	const excluded = values["exclude"];
	const exclude = Array.isArray(excluded) ? excluded.map(givenAt(source, ["exclude"])) : undefined;
	return { single, variables, lists, exclude: above.exclude ?? exclude, broken };
}

/** A list without the values that it has twice, which are told. */
function distinct(list: readonly Given[], problems: Problems): Given[] {
	const seen = new Set<string>();
	return list.filter(({ value, source, path }) => {
		const key = typeof value === "object" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
		if (seen.has(key)) problems.add(source, path, `${show(value)} is there twice.`);
		return !seen.has(key) && seen.add(key);
	});
}

const givenAt =
	(source: Source, path: Path) =>
	(value: unknown, at: number): Given => ({ value, source, path: [...path, at] });

const RESERVED = "is a word of specs; name the variable otherwise.";

/** What is wrong with a variable. */
function variableFault(name: string, values: readonly unknown[]): string | undefined {
	if (Object.hasOwn(RULES.schema.shape, name)) return RESERVED;
	if (!VARIABLE.test(name)) {
		const near = nearest(name, INPUT_NAMES);
		const meant = near === undefined ? "." : `; did you mean ${near}?`;
		return `is neither an input nor the name of a variable, which is a letter, then letters, digits, _ and -${meant}`;
	}
	const nested = values.some((value) => typeof value === "string" && value.includes("{{"));
	return nested ? "holds {{, and variables are not filled in within variables." : undefined;
}

export function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
