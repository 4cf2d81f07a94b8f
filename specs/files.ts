import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { globSync } from "tinyglobby";
import { pathFault } from "./pathFault.ts";
import type { Problems } from "./problem.ts";
import { readPlain } from "./schema.ts";
import type { Source } from "./source.ts";
import { parseYaml } from "./yaml.ts";

/** A spec's files are small: what is larger is none, and is not read. */
const LARGEST_BYTES = 256 * 1024;
const ENDING = "*.video.{yaml,yml}";

/** Where specs are looked for. */
export interface Where {
	/** The absolute folder that the specs' own paths are named from. */
	folder: string;
	/** The absolute folder of the program, which `download` starts from and stays in. */
	program: string;
	/** The absolute folder that all files which are read lie in: the project's. */
	project: string;
}

/** The folder of `Pulumi.yaml`, in this folder or above it; this folder where there is none. */
export function projectFolder(folder: string): string {
	for (let here = resolve(folder); ; here = dirname(here)) {
		if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(here, name)))) return here;
		if (dirname(here) === here) return resolve(folder);
	}
}

export interface ReadSpecs {
	sources: Source[];
	/** How many files or objects there are, also those that are no specs. */
	lookedAt: number;
}

/**
 * The specs that patterns name, in the order of their paths, each once: a pattern is a file, a folder, in which all
 * `*.video.yaml` are meant and `*.video.yml` too, or a glob.
 */
export function readSpecs(patterns: readonly string[], where: Where, problems: Problems): ReadSpecs {
	const paths = new Set(patterns.flatMap((pattern) => pathsOf(pattern, where, problems)));
	const sources = [...paths].sort().flatMap((path) => readSpec(path, where, problems) ?? []);
	const first = new Map<string, Source>();
	const distinct = sources.filter((source) => {
		const other = first.get(source.file ?? "");
		if (other === undefined) first.set(source.file ?? "", source);
		else problems.addUnread(source.name, `is the same file as ${other.name}, by a link; name one of them.`);
		return other === undefined;
	});
	return { sources: distinct, lookedAt: paths.size };
}

function pathsOf(pattern: string, { folder }: Where, problems: Problems): string[] {
	const path = resolve(folder, pattern);
	const { kind, fault } = lookAt(path);
	if (kind?.isFile()) return [path];
	const glob = kind?.isDirectory() ? `${escaped(slashes(pattern))}/**/${ENDING}` : slashes(pattern);
	const found = globSync(glob, {
		cwd: folder,
		absolute: true,
		expandDirectories: false,
		ignore: ["**/node_modules/**", "**/.git/**"],
	});
	if (found.length === 0) {
		const none = kind?.isDirectory()
			? "holds no spec: no file in it ends in .video.yaml or .video.yml."
			: "fits no file.";
		problems.addUnread(pattern, fault ?? none);
	}
	const all = found.map((each) => resolve(each));
	if (kind?.isDirectory()) for (const each of all) warnOfEnding(each, folder, problems);
	return all;
}

/** Folders take both endings, so that no file is left out; globs seldom do. */
function warnOfEnding(path: string, folder: string, problems: Problems): void {
	if (!path.endsWith(".yml")) return;
	const better = basename(path).replace(/\.yml$/, ".yaml");
	const reason = `ends in .yml, which globs such as **/*.video.yaml leave out; call it ${better}.`;
	problems.addWarning(shownPath(path, folder), reason);
}

/** What there is at a path. A fault of one may be none of a glob, such as that it is long. */
function lookAt(path: string): { kind?: Stats | undefined; fault?: string } {
	try {
		const kind = statSync(path, { throwIfNoEntry: false });
		if (kind?.isDirectory()) readdirSync(path);
		return { kind };
	} catch (error) {
		return { fault: pathFault(error) };
	}
}

const slashes = (path: string) => (sep === "\\" ? path.replaceAll("\\", "/") : path).replace(/\/+$/, "");
const escaped = (path: string) => path.replace(/[()[\]{}!*?@+|\\]/g, "\\$&");

/** Reads one file as a spec; undefined where it is none, which is told. */
export function readSpec(path: string, where: Where, problems: Problems): Source | undefined {
	const name = shownPath(path, where.folder);
	try {
		const file = realpathSync.native(path);
		const { values, placeOf, faults } = parseYaml(readText(file, where), readPlain);
		for (const { reason, line, column } of faults) problems.addUnread(name, reason, line, column);
		if (faults.length > 0) return undefined;
		return { name, defaultName: nameOf(path), file, folder: dirname(file), values, placeOf };
	} catch (error) {
		problems.addUnread(name, faultOf(error));
		return undefined;
	}
}

/** Why a file is no spec. */
class NoSpec extends Error {}

function readText(file: string, { project }: Where): string {
	if (!isWithin(project, file)) throw new NoSpec("lies outside of the project's folder.");
	const stat = statSync(file);
	if (!stat.isFile()) throw new NoSpec("is not a file.");
	if (stat.size > LARGEST_BYTES) {
		const [size, most] = [stat.size, LARGEST_BYTES].map((bytes) => bytes.toLocaleString("en"));
		throw new NoSpec(`has ${size} bytes; a spec has at most ${most}.`);
	}
	const bytes = readFileSync(file);
	if (!isUtf8(bytes)) throw new NoSpec("is not UTF-8 text; save it as UTF-8.");
	return new TextDecoder().decode(bytes);
}

const faultOf = (error: unknown) => (error instanceof NoSpec ? error.message : pathFault(error));

/** A path as messages name it: from the folder on, with `/` on every system. */
export const shownPath = (path: string, folder: string) => relative(folder, path).split(sep).join("/") || ".";

/** Whether a path is a folder or lies in it; both absolute and without links. */
export function isWithin(folder: string, path: string): boolean {
	const way = relative(folder, path);
	return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** `launch` of `launch.video.yaml`. */
const nameOf = (path: string) => basename(path).replace(/(\.video)?\.ya?ml$/i, "");
