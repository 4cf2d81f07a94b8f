/** Tells the user what went wrong and ends with a failure: a sentence, never a stack trace. */
export function reportProblem(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
