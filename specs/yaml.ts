import {
	isAlias,
	isMap,
	isScalar,
	isSeq,
	Lexer,
	LineCounter,
	type Node,
	parseDocument,
	type Scalar,
} from "yaml";
import type { Values } from "../provider/lifecycle.ts";
import { commentFault, isSentence } from "./comments.ts";
import { beginsWith, slipsOf } from "./slips.ts";
import type { Path, Place } from "./source.ts";

/** The most values of one file, those that aliases repeat counted each time. */
const MOST_VALUES = 10_000;
/** The most lists and mappings within each other. */
const DEEPEST = 20;
const TOO_DEEP = `holds more than ${DEEPEST} lists within each other.`;

/** A text that is no spec file: what is wrong, and where. */
export interface YamlFault extends Partial<Place> {
	reason: string;
}

export interface ParsedYaml {
	values: Values;
	placeOf(path: Path): Place | undefined;
	faults: YamlFault[];
}

/** How a plain scalar at a path is read; quoted ones are always texts. */
export type ReadPlain = (text: string, path: Path) => unknown;

/**
 * Reads one YAML mapping. No value is guessed at: `9:16`, `1.10`, `2026-11-24` and `no` are texts as they are written,
 * unless `readPlain` says otherwise for their place.
 */
export function parseYaml(text: string, readPlain: ReadPlain): ParsedYaml {
	const lines = new LineCounter();
	const placeAt = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	const none = (faults: YamlFault[]): ParsedYaml => ({ values: {}, placeOf: () => undefined, faults });

	if (nestsTooDeep(text)) return none([{ reason: TOO_DEEP }]);
	const document = parseDocument(text, {
		lineCounter: lines,
		schema: "failsafe",
		prettyErrors: false,
		stringKeys: true,
		// Told by the reader, which does not compare each key with all others.
		uniqueKeys: false,
	});
	const slips = slipsOf(text, document, lines);
	if (slips.length > 0) return none(slips.map(({ reason, offset }) => ({ reason, ...placeAt(offset) })));
	const root = document.contents;
	if (root === null || (isScalar(root) && isNothing(root))) return none([{ reason: "is empty." }]);
	if (!isMap(root)) return none([{ reason: "must be a mapping such as `prompt: …`.", ...placeAt(0) }]);

	const reader = createReader(text, readPlain, placeAt);
	const values = reader.read(root, []) as Values;
	reader.tellAnchors();
	const placeOf = (path: Path) => placeAt(offsetOf(root, path, reader.anchors));
	return { values, placeOf, faults: reader.faults };
}

/** Told before the parser sees it, which would take long to fail at it. */
function nestsTooDeep(text: string): boolean {
	let flow = 0;
	let dashes = 0;
	for (const token of new Lexer().lex(text)) {
		if (token === "[" || token === "{") flow++;
		else if (token === "]" || token === "}") flow--;
		else if (token === "-" || token === "?") dashes++;
		else if (token.includes("\n")) dashes = 0;
		if (flow > DEEPEST || dashes > DEEPEST) return true;
	}
	return false;
}

function createReader(text: string, readPlain: ReadPlain, placeAt: (offset: number) => Place) {
	const anchors = new Map<string, Node>();
	/** The anchors that aliases name. */
	const named = new Set<string>();
	/** What stands in front of sentences: their first word, unless an alias names it. */
	const possible = new Map<string, { offset: number; key: string }>();
	const faults: YamlFault[] = [];
	let count = 0;

	const fault = (node: unknown, reason: string) => {
		faults.push({ reason, ...placeAt(startOf(node) ?? 0) });
		return undefined;
	};

	function read(node: unknown, path: Path): unknown {
		if (++count > MOST_VALUES) {
			if (count === MOST_VALUES + 1)
				fault(node, `holds more than ${MOST_VALUES.toLocaleString("en")} values, aliases counted.`);
			return undefined;
		}
		if (path.length > DEEPEST) return fault(node, TOO_DEEP);
		if (isAlias(node)) {
			const meant = anchors.get(node.source);
			named.add(node.source);
			return meant === undefined
				? fault(node, `*${node.source} has no &${node.source} above it.`)
				: read(meant, path);
		}
		if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
			anchors.set(node.anchor, node);
		if (isScalar(node)) return scalar(node, path);
		if (isSeq(node)) return node.items.map((item, at) => read(item, [...path, at]));
		return isMap(node) ? mapping(node.items, path) : null;
	}

	function mapping(items: readonly { key: unknown; value: unknown }[], path: Path) {
		const entries = new Map<string, unknown>();
		for (const { key, value } of items) {
			const name = isScalar(key) ? String(key.value) : "";
			if (entries.has(name)) fault(key, `${[...path, name].join(".")} is there twice.`);
			entries.set(name, read(value, [...path, name]));
			if (count > MOST_VALUES) break;
		}
		return Object.fromEntries(entries);
	}

	function scalar(node: Scalar, path: Path): unknown {
		if (node.type === "PLAIN") {
			const value = isNothing(node) ? "" : String(node.value);
			const cut = commentFault(text, node.range?.[1] ?? 0, value, path);
			if (cut !== undefined) faults.push({ reason: cut.reason, ...placeAt(cut.offset) });
			if (node.anchor !== undefined && isSentence(path)) {
				const offset = text.lastIndexOf("&", startOf(node));
				possible.set(node.anchor, { offset, key: String(path[0]) });
			}
		}
		if (isNothing(node)) return null;
		return node.type === "PLAIN" ? readPlain(String(node.value), path) : node.value;
	}

	function tellAnchors(): void {
		for (const [anchor, { offset, key }] of possible) {
			if (!named.has(anchor)) faults.push({ reason: beginsWith("&", key), ...placeAt(offset) });
		}
	}

	return { read, tellAnchors, anchors, faults };
}

/** A plain scalar that stands for nothing: `key:`, `key: ~` and `key: null`. */
const isNothing = ({ type, value }: Scalar) =>
	type === "PLAIN" && /^(|~|null|Null|NULL)$/.test(String(value ?? ""));

/** Where the deepest part of a path starts that is there: a mapping's key, or a list's item. */
function offsetOf(root: Node, path: Path, anchors: ReadonlyMap<string, Node>): number {
	let here: unknown = root;
	let offset = startOf(root) ?? 0;
	for (const part of path) {
		if (isAlias(here)) here = anchors.get(here.source);
		if (isMap(here)) {
			const pair = here.items.find(({ key }) => isScalar(key) && key.value === part);
			if (pair === undefined) break;
			offset = startOf(pair.key) ?? offset;
			here = pair.value;
		} else if (isSeq(here) && typeof part === "number") {
			here = here.items[part];
			offset = startOf(here) ?? offset;
		} else break;
	}
	return offset;
}

const startOf = (node: unknown) => (node as Partial<Node> | null | undefined)?.range?.[0];
