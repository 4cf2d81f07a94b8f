import { execFile } from "node:child_process";
import { redact } from "../heygen/redact.ts";

/** Bytes of output: far more than the state of a stack of 10,000 videos. */
const MAX_OUTPUT = 512 * 1024 * 1024;
/** The longest reason that is told, in characters. */
const LONGEST_REASON = 4_000;

/** What would make the CLI answer in another form. */
const QUIET = { PULUMI_SKIP_UPDATE_CHECK: "1", PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };

export interface Ran {
	readonly failed: boolean;
	readonly stdout: string;
	/** What the user is told when it failed: the command, and Pulumi's reason. */
	readonly reason: string;
}

export interface HowToRun {
	/** Ends the CLI when it is aborted. */
	readonly signal?: AbortSignal | undefined;
	/** The longest that it may take, in milliseconds. @default no limit */
	readonly withinMs?: number | undefined;
}

/**
 * Runs the Pulumi CLI of the PATH in the current folder. Throws an `Error` for the user where there is none; `otherwise`
 * says how to do without it, such as `give an exported state with --state <file>`.
 */
export function pulumi(args: readonly string[], otherwise: string, how: HowToRun = {}): Promise<Ran> {
	const all = [...args, "--non-interactive", "--color", "never"];
	const env = { ...process.env, ...QUIET };
	const options = { maxBuffer: MAX_OUTPUT, env, timeout: how.withinMs, signal: how.signal };
	return new Promise((resolve, reject) => {
		execFile("pulumi", all, options, (error, stdout, stderr) => {
			if (error?.code === "ENOENT") {
				reject(new Error(`There is no \`pulumi\` on the PATH. Install the Pulumi CLI, or ${otherwise}.`));
			} else if (typeof error?.code === "string") {
				reject(new Error(`\`pulumi\` cannot be run (${error.code}).`));
			} else {
				const words = args.filter((word) => /^[a-z]/.test(word)).slice(0, 2);
				const why = error?.killed
					? `it was not done within ${(how.withinMs ?? 0) / 1000} s.`
					: redact(stderr.replace(/^error: /, ""), [], LONGEST_REASON);
				resolve({ failed: error !== null, stdout, reason: `\`pulumi ${words.join(" ")}\` failed: ${why}` });
			}
		});
	});
}

/** A value of the stack's config, also a secret one; undefined where it has none, or cannot be read. */
export async function configValue(
	key: string,
	stack: string | undefined,
	otherwise: string,
): Promise<string | undefined> {
	const { value } = await readConfigValue(key, stack, otherwise);
	return value;
}

/** The same, with the reason where it cannot be read. */
export async function readConfigValue(
	key: string,
	stack: string | undefined,
	otherwise: string,
	how?: HowToRun,
): Promise<{ value: string; reason?: undefined } | { value?: undefined; reason: string }> {
	const args = ["config", "get", key, ...stackFlag(stack)];
	const { failed, stdout, reason } = await pulumi(args, otherwise, how);
	return failed ? { reason } : { value: stdout.replace(/\r?\n$/, "") };
}

export const stackFlag = (stack: string | undefined) => (stack === undefined ? [] : [`--stack=${stack}`]);
