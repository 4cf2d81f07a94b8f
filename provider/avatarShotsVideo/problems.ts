import leven from "leven";
import type { z } from "zod";
import { redact } from "../../heygen/redact.ts";
import { codePoints } from "../../heygen/schemas/videoRequest.ts";
import { type Problem, unknown, type Values } from "../lifecycle.ts";
import { ALLOWED, AssetReference, InlineReference, UrlReference, VideoInputs } from "./inputs.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

const INPUT_NAMES = Object.keys(VideoInputs.shape);
/** HeyGen's spelling of an input, where it is more than another case. */
const API_SPELLINGS: Readonly<Record<string, string>> = { avatar_id: "avatarIds", avatarId: "avatarIds" };

/** What is wrong with single inputs, one problem each; whatever a preview cannot know yet is left aside. */
export function inputProblems(given: Values): Problem[] {
	const parsed = VideoInputs.safeParse(given);
	const found = parsed.success
		? []
		: parsed.error.issues.flatMap((issue) => problemsOf(issue, issue.path, given));
	const first = new Map<string, Problem>();
	for (const problem of found) if (!first.has(problem.property)) first.set(problem.property, problem);
	return [...first.values()];
}

function problemsOf(issue: Issue, path: Path, given: Values): Problem[] {
	const value = valueAt(given, path);
	if (value === unknown) return [];
	if (issue.code === "unrecognized_keys") {
		return issue.keys.map((key) => ({ property: tell([...path, key]), reason: noSuchInput(key, path) }));
	}
	if (issue.code === "invalid_union" && path[0] === "references")
		return referenceProblems(value, path, given);
	const aside = issue.code === "invalid_type" && issue.expected === "array" && value !== undefined;
	const instead = aside ? ` Write a list: [${show(value)}].` : "";
	return [{ property: tell(path), reason: `must be ${allowed(path)}; got ${show(value)}.${instead}` }];
}

function referenceProblems(value: unknown, path: Path, given: Values): Problem[] {
	const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
	const forms = [
		{ schema: UrlReference, there: keys.includes("url") },
		{ schema: AssetReference, there: keys.includes("assetId") },
		{ schema: InlineReference, there: keys.includes("base64") || keys.includes("mediaType") },
	].filter(({ there }) => there);
	const [form] = forms;
	if (form === undefined || forms.length > 1) {
		const what = keys.length === 0 ? show(value) : `{ ${keys.join(", ")} }`;
		return [{ property: tell(path), reason: `must be ${allowed(path)}; got ${what}.` }];
	}
	const parsed = form.schema.safeParse(value);
	if (parsed.success) return [];
	return parsed.error.issues.flatMap((issue) => problemsOf(issue, [...path, ...issue.path], given));
}

function noSuchInput(key: string, path: Path): string {
	const meant = path.length === 0 ? nearest(key) : undefined;
	return meant === undefined ? "there is no such input." : `there is no such input; did you mean ${meant}?`;
}

/** The input that a wrong key most likely stands for; undefined when none is near. */
function nearest(key: string): string | undefined {
	if (Object.hasOwn(API_SPELLINGS, key)) return API_SPELLINGS[key];
	const plain = (text: string) => text.replace(/[_\-\s]/g, "").toLowerCase();
	const [best] = INPUT_NAMES.map((name) => ({ name, distance: leven(plain(key), plain(name)) })).sort(
		(a, b) => a.distance - b.distance,
	);
	return best !== undefined && best.distance <= Math.max(2, key.length / 4) ? best.name : undefined;
}

const allowed = (path: Path) =>
	ALLOWED[path.map((part) => (typeof part === "number" ? "*" : String(part))).join(".")] ?? "something else";

/** The path as users write it: `references[1].url`. */
export function tell(path: Path): string {
	return path
		.map((part, at) =>
			typeof part === "number" ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`,
		)
		.join("");
}

/** The value at a path; unknown as soon as something on the way is. */
function valueAt(value: unknown, path: Path): unknown {
	let here = value;
	for (const part of path) {
		if (here === unknown || typeof here !== "object" || here === null) return here;
		here = Object.hasOwn(here, part) ? Reflect.get(here, part) : undefined;
	}
	return here;
}

/** A value as an error message shows it: short, never all of a long text, and no query of a URL. */
export function show(value: unknown): string {
	if (value === undefined || value === null) return "nothing";
	if (typeof value === "string") {
		const length = codePoints(value);
		return length <= 60
			? JSON.stringify(redact(value))
			: `a text of ${length.toLocaleString("en")} characters`;
	}
	if (Array.isArray(value)) {
		const texts = value.filter((item) => typeof item === "string" && item.length <= 40);
		return texts.length === value.length && value.length <= 4
			? JSON.stringify(texts.map((text) => redact(text)))
			: `a list of ${value.length}`;
	}
	return typeof value === "object" ? "an object" : String(value);
}
