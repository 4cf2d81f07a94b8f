import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname));

/** A page of the documentation, named from the root on. */
export const pageText = (page: string): string => readFileSync(join(root, page), "utf8");

/** The cells of the table whose header begins with `first`, row by row. */
export function tableOf(text: string, first: string): string[][] {
	const lines = text.split("\n");
	const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
	assert.ok(start >= 0, `there is no table of "${first}"`);
	const rows = lines.slice(start + 2);
	const end = rows.findIndex((line) => !line.startsWith("|"));
	return rows.slice(0, end).map((line) =>
		line
			.slice(1, -1)
			.split("|")
			.map((cell) => cell.trim()),
	);
}

/** What stands in backticks. */
export const codesIn = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

/** The names among what stands in backticks: of `{ status, html }` and `reset` alike. */
export const wordsIn = (cell = ""): string[] => codesIn(cell).flatMap((code) => code.match(/[\w-]+/g) ?? []);
