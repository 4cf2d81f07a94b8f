import { redact } from "../heygen/redact.ts";

/** The longest message, in characters: it may hold what another program wrote. */
const LONGEST_MESSAGE = 20_000;

/** A failure whose message says to the user what happened and what to do next; shown without a stack trace. */
export class UserError extends Error {
	override name = "UserError";
}

/**
 * Runs a script's `main` and turns what it throws into an exit code: a {@link UserError} into its message
 * and 1; anything else is a defect of the script and keeps its stack trace.
 */
export async function runScript(main: () => Promise<number>): Promise<void> {
	try {
		process.exitCode = await main();
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const { HEYGEN_API_KEY = "" } = process.env;
		process.stderr.write(`${redact(error.message, [HEYGEN_API_KEY], LONGEST_MESSAGE)}\n`);
		process.exitCode = 1;
	}
}
