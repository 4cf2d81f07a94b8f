import { show, tell } from "../provider/inputs/problems.ts";
import { INPUT_NAMES } from "./schema.ts";
import type { Path } from "./source.ts";

/** Inputs that hold sentences: what follows them is more likely text than a comment. */
const SENTENCES = ["prompt", "promptSuffix", "title"];
/** Other inputs whose values are texts of any form, a part of which may go unnoticed. */
const TEXTS = ["looks", "vars", "references", "download", "callbackId"];
const MOST_SHOWN = 60;

/** What YAML takes for a comment behind a text without quotes, where it may be the rest of the text. */
export function commentFault(text: string, end: number, value: string, path: Path) {
	const [comment = "", space = "", rest = ""] = /^([ \t]*)(#[^\r\n]*)/.exec(text.slice(end)) ?? [];
	const input = inputAt(path);
	if (comment === "" || input === undefined) return undefined;
	const isTight = /^#[^\s#]/.test(rest);
	const isCut = SENTENCES.includes(input) && value !== "";
	if (!isCut && !isTight && !/\s/.test(value)) return undefined;
	return { offset: end + space.length, reason: `${tell(path)}: ${cutReason(rest, inputName(path))}` };
}

/** As {@link commentFault}, for a comment that is known. */
export function cutReason(rest: string, key: string | undefined): string {
	const cut = rest.trimEnd();
	const shown = show(cut.length > MOST_SHOWN ? `${cut.slice(0, MOST_SHOWN - 1).toWellFormed()}…` : cut);
	return `ends before ${shown}, which YAML takes for a comment. Put the text ${inQuotes(key)}.`;
}

/** Whether the value at a path is a sentence, which seldom begins with an anchor. */
export const isSentence = (path: Path) => path.length === 1 && SENTENCES.includes(String(path[0]));

/** Where a text may stand whatever it holds. */
export const inQuotes = (key: string | undefined) =>
	key !== undefined && SENTENCES.includes(key) ? `in quotes, or below "${key}: >"` : "in quotes";

const inputName = (path: Path) => (path.length === 1 ? String(path[0]) : undefined);

/** The input of texts whose value stands at a path; a variable counts as one. */
function inputAt(path: Path): string | undefined {
	const [first, second, third] = path;
	if (first === "matrix") {
		if (typeof third !== "number") return undefined;
		return INPUT_NAMES.includes(String(second)) ? inputAt([String(second), ...path.slice(3)]) : "vars";
	}
	if (first === "references" && third !== "file") return undefined;
	return [...SENTENCES, ...TEXTS].find((name) => name === first);
}
