import { realpathSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { RULES as VIDEO_RULES } from "../provider/avatarShotsVideo/inputs.ts";
import { togetherProblems } from "../provider/avatarShotsVideo/together.ts";
import { hiddenCharacters } from "../provider/inputs/hiddenCharacters.ts";
import { inputIssues, nearest } from "../provider/inputs/problems.ts";
import type { Combination } from "./expand.ts";
import { isWithin, type Where } from "./files.ts";
import { entriesOf, type Given, type Spec, slot } from "./merge.ts";
import { cutPath, pathFault } from "./pathFault.ts";
import type { Problems } from "./problem.ts";
import { INPUT_NAMES } from "./schema.ts";
import type { Path } from "./source.ts";
import { namesIn } from "./template.ts";
import { pictureOf, type SpecVideo } from "./video.ts";

/** Where variables are filled in. */
const TEXTS = ["prompt", "promptSuffix", "title", "download"] as const;
const ALL_TEXTS = "prompt, promptSuffix, title and download";
const NOT_FILLED = `holds {{, and variables are filled in only in ${ALL_TEXTS}.`;

/** Tells variables where none is filled in: they would be sent as they are written. */
export function checkLiterals({ single, lists }: Spec, problems: Problems): void {
	const inputs = [...lists].filter(([name]) => INPUT_NAMES.includes(name));
	const all = [...single, ...inputs.flatMap(([name, list]) => list.map((given) => [name, given] as const))];
	for (const [name, { value, source, path }] of all) {
		if (TEXTS.some((text) => text === name)) continue;
		for (const at of textsIn(value, path, "{{")) problems.add(source, at, NOT_FILLED);
	}
}

/** Where a value holds a text with these characters. */
function textsIn(value: unknown, path: Path, part: string): Path[] {
	if (typeof value === "string") return value.includes(part) ? [path] : [];
	const items = Array.isArray(value) ? [...value.entries()] : entriesOf(value);
	return items.flatMap(([key, item]) => textsIn(item, [...path, key], part));
}

/** Checks the inputs of one combination as the provider will, and what only a spec has. */
export function checkVideo(
	combination: Combination,
	video: SpecVideo,
	where: Where,
	problems: Problems,
): void {
	const { single, spec } = combination;
	const isBroken = (name: string) => [...spec.broken].some((broken) => slot(broken) === slot(name));
	const tell = (path: Path, reason: string) => {
		const [name, ...rest] = path;
		if (isBroken(String(name))) return;
		const given = single.get(name === "avatarIds" && video.looks !== undefined ? "looks" : String(name));
		problems.add(given?.source ?? spec.source, given === undefined ? path : [...given.path, ...rest], reason);
	};
	// Looks that are no list are told as such.
	const named = video.looks ?? (single.has("looks") ? [""] : undefined);
	const looks = named?.map((_, at) => `look${at + 1}`);
	const inputs = looks === undefined ? video.inputs : { ...video.inputs, avatarIds: looks };
	if (looks === undefined && inputs["avatarIds"] === undefined) {
		tell(["avatarIds"], "give one to three ids of looks, or their names as looks.");
	} else for (const { path, reason } of inputIssues(inputs, VIDEO_RULES)) tell(path, reason);
	for (const { property, reason } of togetherProblems(inputs)) tell([property], reason);
	for (const name of ["prompt", "title"] as const) {
		const given = single.get(name);
		const warning = typeof given?.value === "string" ? hiddenCharacters(name, given.value) : undefined;
		if (given !== undefined && warning !== undefined)
			problems.add(given.source, given.path, warning, "warning");
	}
	checkDownload(video, single.get("download"), where, problems);
}

function checkDownload(
	{ download }: SpecVideo,
	given: Given | undefined,
	where: Where,
	problems: Problems,
): void {
	if (download === undefined || given === undefined) return;
	const path = resolve(where.program, download);
	if (isAbsolute(download) || !isWithin(where.program, path)) {
		problems.add(given.source, given.path, `${JSON.stringify(download)} leads out of the program's folder.`);
	} else if (/[/\\]$/.test(download)) {
		problems.add(given.source, given.path, `${JSON.stringify(download)} is a folder; name a file.`);
	}
}

/** Looks whether the files of references are there and in the project, each once for all specs. */
export function createFileCheck(where: Where, problems: Problems) {
	const faults = new Map<string, string | undefined>();
	return ({ single }: Combination): void => {
		const given = single.get("references");
		if (!Array.isArray(given?.value)) return;
		for (const [at, reference] of given.value.entries()) {
			const file = entriesOf(reference).find(([key]) => key === "file")?.[1];
			if (typeof file !== "string" || file === "") continue;
			const path = resolve(given.source.folder, file);
			if (!faults.has(path)) faults.set(path, fileFault(path, where));
			const fault = faults.get(path);
			if (fault !== undefined)
				problems.add(given.source, [...given.path, at, "file"], `${cutPath(file)} ${fault}`);
		}
	};
}

function fileFault(path: string, { project }: Where): string | undefined {
	if (!isWithin(project, path)) return "leads out of the project's folder.";
	try {
		if (!statSync(path).isFile()) return "is not a file.";
		const real = realpathSync.native(path);
		return isWithin(project, real) ? undefined : "leads out of the project's folder, by a link.";
	} catch (error) {
		return pathFault(error);
	}
}

/** A combination and the video that was made of it. */
export interface Made {
	combination: Combination;
	video: SpecVideo;
}

/** Tells variables and lists that change nothing. */
export function checkTogether(spec: Spec, made: readonly Made[], problems: Problems): void {
	const used = new Set(
		made.flatMap(({ combination: { single } }) =>
			TEXTS.flatMap((name) => namesIn(String(single.get(name)?.value ?? ""))),
		),
	);
	const unused = `is used in none of ${ALL_TEXTS}`;
	for (const [name, { source, path }] of spec.variables) {
		if (source === spec.source && !used.has(name)) problems.add(source, path, `${unused}.`);
	}
	const idle = [...spec.lists].filter(([name]) => !INPUT_NAMES.includes(name) && !used.has(name));
	for (const [name, [first]] of idle) {
		if (first === undefined) continue;
		const near = nearest(name, INPUT_NAMES);
		const meant = near === undefined ? "." : `; did you mean ${near}?`;
		problems.add(first.source, first.path.slice(0, -1), `${unused}${meant}`);
	}
	if (idle.length === 0) checkPictures(made, problems);
}

/** Tells combinations that would pay twice for one picture. */
function checkPictures(made: readonly Made[], problems: Problems): void {
	const pictures = new Map<string, string>();
	for (const { combination, video } of made) {
		const picture = pictureOf(video);
		const other = pictures.get(picture);
		if (other === undefined) pictures.set(picture, video.name);
		else if (other !== video.name) {
			const both = `${other} and ${video.name} would be the same picture, paid for twice`;
			problems.add(combination.spec.source, ["matrix"], `${both}; for another take give a list of revision.`);
		}
	}
}

/** Tells names and paths that two videos would share. */
export function checkUnique(made: readonly Made[], where: Where, problems: Problems): void {
	const names = new Map<string, Spec>();
	const paths = new Map<string, string>();
	for (const { combination, video } of made) {
		const { spec, single } = combination;
		const other = names.get(video.name);
		names.set(video.name, other ?? spec);
		if (other !== undefined) {
			const reason =
				other === spec
					? `two combinations are called ${video.name}; change one of their values.`
					: `${video.name} is the name of a video of ${other.source.name} too; give another name.`;
			problems.add(spec.source, other === spec ? ["matrix"] : ["name"], reason);
		}
		const download = single.get("download");
		if (video.download === undefined || download === undefined) continue;
		// Some file systems take names that differ in case or in the form of an accent as the same.
		const path = resolve(where.program, video.download).normalize("NFC").toLowerCase();
		const holder = paths.get(path);
		paths.set(path, holder ?? video.name);
		if (holder !== undefined && holder !== video.name) {
			const both = `${holder} and ${video.name} would both be written to ${video.download}`;
			problems.add(spec.source, ["download"], `${both}; use {{name}} in the path.`);
		}
	}
}
