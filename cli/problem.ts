import { redact } from "../heygen/redact.ts";

/** The longest message, in characters. */
const LONGEST = 4_000;

/** Tells the user what went wrong and ends with a failure: a sentence, never a stack trace. */
export function reportProblem(error: unknown): void {
	process.stderr.write(`${redact(error instanceof Error ? error.message : String(error), [], LONGEST)}\n`);
	process.exitCode = 1;
}
