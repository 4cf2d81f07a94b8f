import leven from "leven";
import type { z } from "zod";
import { redact } from "../../heygen/redact.ts";
import { codePoints } from "../../heygen/schemas/videoRequest.ts";
import { type Problem, unknown, type Values } from "../lifecycle.ts";

/** What the inputs of one resource may be, and how to tell it. */
export interface InputRules {
	schema: z.ZodObject;
	/** The end of "must be …", by property path with `*` for a position in a list or, after the first part, for any name. */
	allowed: Readonly<Record<string, string>>;
	/** Other names that an input goes by, where they are more than another case. */
	spellings?: Readonly<Record<string, string>>;
	/** Values that take one of several forms, by such a path; a form is meant as soon as one of its keys is there. */
	forms?: Readonly<Record<string, readonly InputForm[]>>;
}

export interface InputForm {
	schema: z.ZodType;
	keys: readonly string[];
}

/** The most parts of a value that a message writes out. */
const MOST_PARTS = 4;

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** What is wrong at one place of the inputs. */
export interface InputIssue {
	path: Path;
	reason: string;
}

/** What is wrong with single inputs, one problem each; whatever a preview cannot know yet is left aside. */
export function inputProblems(given: Values, rules: InputRules): Problem[] {
	return inputIssues(given, rules).map(({ path, reason }) => ({ property: tell(path), reason }));
}

/** {@link inputProblems}, for those who have to find the place again. */
export function inputIssues(given: Values, rules: InputRules): InputIssue[] {
	const parsed = rules.schema.safeParse(given);
	const found = parsed.success
		? []
		: parsed.error.issues.flatMap((issue) => issuesOf(issue, issue.path, given, rules));
	const first = new Map<string, InputIssue>();
	for (const issue of found) if (!first.has(tell(issue.path))) first.set(tell(issue.path), issue);
	return [...first.values()];
}

function issuesOf(issue: Issue, path: Path, given: Values, rules: InputRules): InputIssue[] {
	const value = valueAt(given, path);
	if (value === unknown) return [];
	if (issue.code === "unrecognized_keys") {
		return issue.keys.map((key) => ({
			path: [...path, key],
			reason: noSuchInput(key, path, rules),
		}));
	}
	const forms = rules.forms?.[pattern(path)];
	if (issue.code === "invalid_union" && forms !== undefined) {
		return formIssues(value, path, forms, given, rules);
	}
	const aside = issue.code === "invalid_type" && issue.expected === "array" && value !== undefined;
	const instead = aside ? ` Write a list: ${asList(value)}.` : "";
	const near = issue.code === "invalid_value" ? nearestWord(value, issue.values) : "";
	return [{ path, reason: `must be ${allowed(path, rules)}; got ${show(value)}.${instead}${near}` }];
}

function formIssues(
	value: unknown,
	path: Path,
	forms: readonly InputForm[],
	given: Values,
	rules: InputRules,
): InputIssue[] {
	const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
	const meant = forms.filter((form) => form.keys.some((key) => keys.includes(key)));
	const [form] = meant;
	if (form === undefined || meant.length > 1) {
		const what = keys.length === 0 ? show(value) : `{ ${keys.join(", ")} }`;
		return [{ path, reason: `must be ${allowed(path, rules)}; got ${what}.` }];
	}
	const parsed = form.schema.safeParse(value);
	if (parsed.success) return [];
	return parsed.error.issues.flatMap((issue) => issuesOf(issue, [...path, ...issue.path], given, rules));
}

function noSuchInput(key: string, path: Path, rules: InputRules): string {
	const meant = path.length === 0 ? nearestInput(key, rules) : undefined;
	return meant === undefined ? "there is no such input." : `there is no such input; did you mean ${meant}?`;
}

function nearestInput(key: string, { schema, spellings = {} }: InputRules): string | undefined {
	return Object.hasOwn(spellings, key) ? spellings[key] : nearest(key, Object.keys(schema.shape));
}

/** The word that a wrong one most likely stands for; undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
	const plain = (text: string) => text.replace(/[_\-\s]/g, "").toLowerCase();
	const [best] = words
		.map((name) => ({ name, distance: leven(plain(word), plain(name)) }))
		.sort((a, b) => a.distance - b.distance);
	return best !== undefined && best.distance <= Math.max(2, word.length / 4) ? best.name : undefined;
}

/** For the words of an enumeration, which are short: one letter more, less or another one. */
function nearestWord(value: unknown, words: readonly unknown[]): string {
	if (typeof value !== "string") return "";
	const near = words.find((word) => leven(value.toLowerCase(), String(word).toLowerCase()) <= 1);
	return near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`;
}

const pattern = (path: Path) => path.map((part) => (typeof part === "number" ? "*" : String(part))).join(".");

const allowed = (path: Path, rules: InputRules) =>
	rules.allowed[pattern(path)] ?? rules.allowed[anyNames(path)] ?? "something else";

/** The pattern of a place below names that a user chooses. */
const anyNames = (path: Path) => path.map((part, at) => (at === 0 ? String(part) : "*")).join(".");

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

/** What stands in the place of a list, as the list that is most likely meant: a text is parted at its commas. */
function asList(value: unknown): string {
	// What follows a comma of a URL is not shown either.
	const isParted = typeof value === "string" && !value.includes("://");
	const parts = isParted ? value.split(",").map((part) => part.trim()) : [];
	const texts = parts.filter((part) => part !== "");
	if (texts.length > MOST_PARTS) return `[${texts.slice(0, MOST_PARTS).map(show).join(", ")}, …]`;
	return `[${texts.length > 1 ? texts.map(show).join(", ") : entry(value)}]`;
}

/** One entry of a list, as it is written. */
function entry(value: unknown): string {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return show(value);
	const entries = Object.entries(value);
	const isPlain = entries.every(([, part]) => typeof part !== "object" && codePoints(String(part)) <= 60);
	if (!isPlain || entries.length === 0 || entries.length > MOST_PARTS) return show(value);
	return `{ ${entries.map(([key, part]) => `${key}: ${show(part)}`).join(", ")} }`;
}

/** What follows the host of a URL may be as good as a password, as that of a chat's hook. */
const AFTER_HOST = /^(https?:[/\\]*[^/\\]*[/\\]).+$/i;

/** A value as an error message shows it: short, never all of a long text, and of a URL no more than its host. */
export function show(value: unknown): string {
	if (value === undefined || value === null) return "nothing";
	if (typeof value === "string") {
		const length = codePoints(value);
		return length <= 60
			? JSON.stringify(redact(value).replace(AFTER_HOST, "$1…"))
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
