import { type Document, isScalar, type LineCounter, visit, type YAMLError } from "yaml";
import { cutReason, inQuotes } from "./comments.ts";

/** What the parser cannot read, in the words of who writes a spec, and where it begins. */
export interface Slip {
	reason: string;
	offset: number;
}

/** The most of the parser's errors that are looked at: one slip may make thousands. */
const MOST_LOOKED_AT = 20;
const INDENTED_OTHERWISE =
	"is indented otherwise than the lines that it stands with; entries of one level begin at the same column.";
const NO_ENTRY = 'this line belongs to no entry. A text that goes on is indented, best below "prompt: >".';

/** Tells the slips of a text, one for each line: what follows one is told by the parser as if it were another. */
export function slipsOf(text: string, document: Document, lines: LineCounter): Slip[] {
	const byLine = new Map<number, Slip>();
	const all = [...document.errors, ...document.warnings].slice(0, MOST_LOOKED_AT);
	const first = new Map(all.toReversed().map((error) => [error.pos[0], error]));
	for (const error of all.filter((each) => first.get(each.pos[0]) === each)) {
		const slip = slipOf(error, text, document);
		const { line } = lines.linePos(slip.offset);
		if (!byLine.has(line)) byLine.set(line, slip);
	}
	return [...byLine.values()];
}

function slipOf({ code, message, pos }: YAMLError, text: string, document: Document): Slip {
	const [offset] = pos;
	const at = (reason: string, place = offset): Slip => ({ reason, offset: place });
	const here = lineAt(text, offset);
	switch (code) {
		case "TAB_AS_INDENT":
			return at("a line is indented with a tab; YAML takes spaces alone.");
		case "MULTIPLE_DOCS":
			return at("holds more than one document; a file is one spec.");
		case "TAG_RESOLVE_FAILED":
			return at("tags such as !name have no meaning in a spec; leave it away.");
		case "BAD_SCALAR_START":
			return at(beginsWith(text.charAt(offset), here.key));
		case "NON_STRING_KEY": {
			const braces = text.lastIndexOf("{{", offset);
			if (braces >= here.start) return at(beginsWith("{{", here.key), braces);
			break;
		}
		case "BLOCK_AS_IMPLICIT_KEY":
			return message.startsWith("Nested") ? colonSlip(text, offset) : otherwise(here, text);
		case "MISSING_CHAR":
			if (message.startsWith("Missing closing")) return openQuote(offset, text, document);
	}
	const slip =
		commentSlip(text, here) ?? bracketSlip(message, text, offset) ?? quoteSlip(offset, text, document);
	return slip ?? unexpected(here, text, message, offset);
}

interface Line {
	start: number;
	/** Whether the line begins as one of a text may that goes on. */
	goesOn: boolean;
	/** The entry that begins in the line. */
	key: string | undefined;
	/** What stands in the line, behind the entry's name. */
	value: string;
	/** Where the value begins. */
	at: number;
}

function lineAt(text: string, offset: number): Line {
	const start = text.lastIndexOf("\n", offset - 1) + 1;
	const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "";
	const [before = "", indent = "", key] = /^(\s*(?:- +)*)(?:([A-Za-z][\w-]*):[ \t]+)?/.exec(line) ?? [];
	const value = line.slice(before.length);
	const goesOn = key === undefined && /^[ \t]+$/.test(indent) && !/:\s*$/.test(value);
	return { start, goesOn, key, value, at: start + before.length };
}

const numberAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

export const beginsWith = (what: string, key: string | undefined) =>
	`a text that begins with ${what} has to be ${inQuotes(key)}.`;

/** A text that goes on like a mapping: in its own line, or in one that is indented further. */
function colonSlip(text: string, offset: number): Slip {
	const here = lineAt(text, offset);
	const [inLine = ""] = /^[^\r\n]*/.exec(text.slice(offset)) ?? [];
	const colon = /:([ \t]+\S)?/.exec(inLine.replace(/:(?=\S)/g, "_"));
	if (colon !== null) {
		const how = colon[1] === undefined ? 'ends with ":"' : 'holds ": "';
		return { reason: `a text that ${how} has to be ${inQuotes(here.key)}.`, offset };
	}
	const next = /\n[^\n]*:(?=\s|$)/.exec(text.slice(offset));
	const place = next === null ? offset : contentOf(text, offset + next.index + 1);
	const name = here.key ?? "the line above";
	const why = `this line goes on with the text of ${name}, as it is indented further, and holds ": "`;
	return { reason: `${why}. Indent it as ${name} is, or put the text ${inQuotes(here.key)}.`, offset: place };
}

/** A text of several lines that a comment ends in the line above, or a list that it keeps from its end. */
function commentSlip(text: string, here: Line): Slip | undefined {
	if (here.start === 0) return undefined;
	const above = lineAt(text, here.start - 1);
	const comment = /(?:^|\s)(#[^\n]*)$/.exec(above.value);
	const isOpen = /^[[{][^\]}]*[^\s,\]}]$/.test(above.value.slice(0, comment?.index).trimEnd());
	const isCut = /^[[{]/.test(above.value) ? isOpen : here.goesOn;
	if (comment?.[1] === undefined || /^["'>|]/.test(above.value) || !isCut) return undefined;
	const key = keyAbove(text, above);
	const name = key === undefined ? "the text" : `${key}:`;
	const offset = above.at + above.value.length - comment[1].length;
	return { reason: `${name} ${cutReason(comment[1], isOpen ? undefined : key)}`, offset };
}

/** The entry that a line belongs to. */
function keyAbove(text: string, line: Line): string | undefined {
	let here = line;
	while (here.key === undefined && here.start > 0) here = lineAt(text, here.start - 1);
	return here.key;
}

function openQuote(offset: number, text: string, document: Document): Slip {
	const quoted = quotedUntil(offset, document);
	const start = quoted?.start ?? offset;
	return { reason: `the quote that opens in line ${numberAt(text, start)} is not closed.`, offset: start };
}

/** A text in quotes that is followed by more. */
function quoteSlip(offset: number, text: string, document: Document): Slip | undefined {
	const quoted = quotedUntil(offset, document);
	if (quoted === undefined || !/^[ \t]*$/.test(text.slice(quoted.end, offset))) return undefined;
	const { key } = lineAt(text, quoted.start);
	const below = key === undefined ? "in the other kind of quotes" : `below "${key}: >"`;
	return { reason: `the text goes on behind its closing quote. Put it ${below}.`, offset };
}

/** The last text in quotes that begins before a place. */
function quotedUntil(offset: number, document: Document) {
	let last: { start: number; end: number } | undefined;
	visit(document, (_, node) => {
		if (!isScalar(node) || !node.range || !String(node.type).startsWith("QUOTE_")) return;
		const [start, end] = node.range;
		if (end <= offset && start >= (last?.start ?? 0)) last = { start, end };
	});
	return last as { start: number; end: number } | undefined;
}

function bracketSlip(message: string, text: string, offset: number): Slip | undefined {
	const kind = /^Flow (sequence|map)/.exec(message)?.[1];
	if (kind === undefined) return undefined;
	const bracket = kind === "map" ? "{" : "[";
	const start = Math.max(text.lastIndexOf(bracket, offset - 1), 0);
	const opened = `the ${bracket} that opens in line ${numberAt(text, start)}`;
	const { key, value, at } = lineAt(text, offset);
	return key === undefined && value !== ""
		? { reason: `this line belongs to ${opened}, and has to be indented further than that line.`, offset: at }
		: { reason: `${opened} is not closed.`, offset: start };
}

/** What a line has that the parser did not expect. */
function unexpected(here: Line, text: string, message: string, offset: number): Slip {
	const { key, value, at } = here;
	if (key !== undefined && offset >= at) {
		if (/^[>|]/.test(value)) {
			return { reason: `the text has to begin in the line below "${key}: ${value.charAt(0)}".`, offset };
		}
		if (/^[[{*&?-]/.test(value)) return { reason: beginsWith(value.charAt(0), key), offset: at };
	}
	const tight = /^([A-Za-z][\w-]*:)[^\s:/]/.exec(value)?.[1];
	if (tight !== undefined) return { reason: `there has to be a space after "${tight}".`, offset };
	if (key === undefined && /^Implicit (map )?keys/.test(message)) return { reason: NO_ENTRY, offset };
	const isIndentation = message.startsWith("All ") || offset < at;
	return isIndentation
		? otherwise(here, text)
		: { reason: `is not YAML: ${message}${message.endsWith(".") ? "" : "."}`, offset };
}

/** A line whose indentation fits none of those above. */
const otherwise = ({ start }: Line, text: string): Slip => ({
	reason: INDENTED_OTHERWISE,
	offset: contentOf(text, start),
});

/** Where a line's indentation ends. */
const contentOf = (text: string, start: number) =>
	start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
