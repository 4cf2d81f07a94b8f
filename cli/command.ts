import { Command } from "commander";
import { redact } from "../heygen/redact.ts";

/** What every command ends with when it was called wrongly. */
export const WRONG_USE = 2;

/** A command that says what is wrong with its flags, and ends with `WRONG_USE` then. */
export function newCommand(name: string): Command {
	return new Command(name)
		.configureOutput({ outputError: (text, write) => write(`${redact(text)}\n`) })
		.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USE))
		.showHelpAfterError("(add --help for the options)");
}
