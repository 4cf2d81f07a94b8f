import { redact } from "../heygen/redact.ts";
import type { SpecProblem } from "./problem.ts";

/** A problem as a line: where it is, as editors and terminals make a link of it, then what is wrong. */
export function lineOf({ source, line, column, property, reason, severity }: SpecProblem): string {
	const place = [source, line, column].filter((part) => part !== undefined).join(":");
	const what = property === "" ? reason : `${property}: ${reason}`;
	return plain(`${place}  ${severity === "warning" ? "warning: " : ""}${what}`);
}

/** A text without anything that a terminal obeys, on one line. */
export const plain = (text: string): string => redact(text, [], 2_000).replace(/\s*\n\s*/g, " ");

/** How many of something, with its word. */
export const counted = (count: number, one: string): string =>
	`${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
