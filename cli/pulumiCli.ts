import { execFile } from "node:child_process";
import { redact } from "../heygen/redact.ts";

/** Bytes of output: far more than the state of a stack of 10,000 videos. */
const MAX_OUTPUT = 1024 ** 3;

/** Runs the Pulumi CLI of the PATH in the current folder, and gives its output. Throws an `Error` for the user. */
export async function pulumi(args: readonly string[]): Promise<string> {
	const { code, stdout, stderr } = await run(args);
	if (code === "ENOENT") {
		throw new Error(
			"There is no `pulumi` on the PATH. Install the Pulumi CLI, or give an exported state with --state <file>.",
		);
	}
	if (code === 0) return stdout;
	const reason = redact(stderr).replace(/^error: /, "");
	throw new Error(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed: ${reason}`);
}

/** A value of the stack's config; undefined when it is not set, or cannot be read. */
export async function stackConfig(key: string, flags: readonly string[]): Promise<string | undefined> {
	const { code, stdout } = await run(["config", "get", key, ...flags]);
	return code === 0 ? stdout.trim() : undefined;
}

function run(args: readonly string[]) {
	const all = [...args, "--non-interactive", "--color", "never"];
	return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
		execFile("pulumi", all, { maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : (error.code ?? 1), stdout, stderr });
		});
	});
}
