import { type ExecFileException, execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { redact } from "../../heygen/redact.ts";

/** The longest preview that is read, in bytes. */
const LONGEST = 512 * 1024 * 1024;

/** The text of a preview that was made before; `-` is the standard input. */
export async function savedPreview(file: string): Promise<string> {
	if (file === "-") return readAll(process.stdin);
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		throw new Error(code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
	}
}

/** Runs `pulumi preview` in this folder; its output also where it failed, which the output tells. */
export async function freshPreview(stack: string | undefined): Promise<string> {
	const { failed, stdout, stderr } = await pulumi(["preview", "--json", "--show-sames", ...stackFlag(stack)]);
	if (failed && stdout.trim() === "") {
		throw new Error(`\`pulumi preview\` failed: ${redact(stderr.replace(/^error: /, ""), [], 4_000)}`);
	}
	return stdout;
}

/** A value of the stack's config, also a secret one; undefined where it has none. */
export async function configValue(key: string, stack: string | undefined): Promise<string | undefined> {
	const { failed, stdout } = await pulumi(["config", "get", key, ...stackFlag(stack)]);
	return failed ? undefined : stdout.replace(/\r?\n$/, "");
}

const stackFlag = (stack: string | undefined) => (stack === undefined ? [] : ["--stack", stack]);

function pulumi(args: string[]): Promise<{ failed: boolean; stdout: string; stderr: string }> {
	return new Promise((resolve, reject) => {
		const all = [...args, "--non-interactive", "--color", "never"];
		const done = (error: ExecFileException | null, stdout: string, stderr: string) => {
			if (error?.code === "ENOENT") reject(new Error(NO_PULUMI));
			else if (typeof error?.code === "string")
				reject(new Error(`\`pulumi\` cannot be run (${error.code}).`));
			else resolve({ failed: error !== null, stdout, stderr });
		};
		execFile("pulumi", all, { maxBuffer: LONGEST }, done);
	});
}

const NO_PULUMI =
	"There is no `pulumi` on the PATH. Install the Pulumi CLI, or give a preview made elsewhere: --preview <file>.";
