import { spawn } from "node:child_process";

/** How a child process ended, and what it wrote. */
export interface Outcome {
	/** The exit code, or `null` when a signal ended it. */
	code: number | null;
	stdout: string;
	stderr: string;
	/** Set when the program could not be started, or when it was ended because its time was up. */
	problem?: string;
}

/** Settings of {@link run}. */
export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** After this many seconds the child and all that it started are ended. */
	timeoutSeconds: number;
}

const ownGroup = process.platform !== "win32";
const GRACE_MS = 5000;

/**
 * Runs a program to its end, without a shell, and never throws: a caller reads the outcome. The child and
 * whatever it starts are one process group, which is ended with this process on SIGINT, SIGTERM and SIGHUP.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
	return new Promise((resolve) => {
		const outcome: Outcome = { code: null, stdout: "", stderr: "" };
		const child = spawn(command, args, {
			...(options.cwd === undefined ? {} : { cwd: options.cwd }),
			env: options.env ?? process.env,
			stdio: ["ignore", "pipe", "pipe"],
			detached: ownGroup,
		});
		const end = (signal: NodeJS.Signals) => endGroup(child.pid, signal);
		const stopListening = onEndingSignals((signal) => {
			end("SIGTERM");
			process.kill(process.pid, signal);
		});
		const timers = [
			setTimeout(() => {
				outcome.problem = `it was not done after ${options.timeoutSeconds} s`;
				end("SIGTERM");
			}, options.timeoutSeconds * 1000),
			setTimeout(() => end("SIGKILL"), options.timeoutSeconds * 1000 + GRACE_MS),
		];
		const finish = () => {
			for (const timer of timers) clearTimeout(timer);
			stopListening();
			resolve(outcome);
		};

		child.stdout.on("data", (chunk: Buffer) => {
			outcome.stdout += chunk.toString("utf8");
		});
		child.stderr.on("data", (chunk: Buffer) => {
			outcome.stderr += chunk.toString("utf8");
		});
		child.on("error", (error) => {
			outcome.problem = error.message;
			finish();
		});
		child.on("close", (code) => {
			outcome.code = code;
			finish();
		});
	});
}

function onEndingSignals(handle: (signal: NodeJS.Signals) => void): () => void {
	const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
	const listener = (signal: NodeJS.Signals) => {
		stop();
		handle(signal);
	};
	const stop = () => {
		for (const signal of signals) process.removeListener(signal, listener);
	};
	for (const signal of signals) process.on(signal, listener);
	return stop;
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(ownGroup ? -pid : pid, signal);
	} catch {
		// Already gone.
	}
}
