import { styleText } from "node:util";
import { redact } from "../../heygen/redact.ts";
import type { Check, Status } from "./check.ts";

/** The longest text of a check, in characters. */
const LONGEST = 4_000;

const MARKS: Readonly<Record<Status, string>> = { ok: "✓", warning: "!", problem: "✗", skipped: "-" };
const COLOURS = { ok: "green", warning: "yellow", problem: "red", skipped: "dim" } as const;

/** A check as one line, and its mend as another; where nobody looks at a terminal, a word stands beside the mark. */
export function asLines(check: Check, stream: NodeJS.WriteStream): string {
	const { status, text, mend } = shown(check);
	const word = stream.isTTY ? "" : ` ${status}:`;
	const line = `${styleText(COLOURS[status], `${MARKS[status]}${word}`, { stream })} ${text}\n`;
	return mend === undefined ? line : `${line}    ${mend}\n`;
}

/** The last line. */
export function summary(checks: readonly Check[], stream: NodeJS.WriteStream): string {
	const count = (status: Status) => checks.filter((check) => check.status === status).length;
	const parts = (["problem", "warning"] as const)
		.filter((status) => count(status) > 0)
		.map((status) => `${count(status)} ${status}${count(status) === 1 ? "" : "s"}`);
	const skipped = count("skipped") > 0 ? [`${count("skipped")} skipped`] : [];
	const ready = isReady(checks);
	const told = [...parts, ...skipped].join(", ");
	const sum = `${ready ? "Ready" : "Not ready"}${told && `: ${told}`}.`;
	return `\n${styleText(ready ? "green" : "red", sum, { stream })}\n`;
}

/** For programs. */
export function asJson(checks: readonly Check[]): string {
	const told = checks.map((check) => {
		const { id, status, text, mend = null } = shown(check);
		return { id, status, text, mend };
	});
	return `${JSON.stringify({ ready: isReady(checks), checks: told }, undefined, 2)}\n`;
}

export const isReady = (checks: readonly Check[]) => checks.every(({ status }) => status !== "problem");

function shown({ text, mend, ...rest }: Check): Check {
	return { ...rest, text: oneLine(text), mend: mend === undefined ? undefined : oneLine(mend) };
}

const oneLine = (text: string) => redact(text, [], LONGEST).replace(/\s+/g, " ");
