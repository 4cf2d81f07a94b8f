import { spawn } from "node:child_process";
import { constants } from "node:os";

/** How a test ends a step that is at work. */
export interface Interruption {
	/** The step, by its name. */
	step: string;
	/** Begins as soon as this holds. */
	when: () => boolean;
	/**
	 * `killed`: the machine is gone. `cancelled`: as GitHub's runner does, which interrupts the step's process, and no
	 * other, and terminates it later; here as soon as it has said that it was interrupted.
	 */
	how: "killed" | "cancelled";
}

export interface Ended {
	code: number;
	output: string;
}

const LIMIT_MS = 240_000;
const LOOK_MS = 50;

/** Runs a step's script as GitHub's runner does for `shell: bash`. */
export function runScript(
	file: string,
	where: { cwd: string; env: Record<string, string> },
	interruption?: Interruption,
): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const args = ["--noprofile", "--norc", "-eo", "pipefail", file];
		const child = spawn("bash", args, { ...where, detached: true, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		const take = (bytes: Buffer) => {
			output += bytes.toString("utf8");
		};
		child.stdout.on("data", take);
		child.stderr.on("data", take);
		const killAll = () => {
			if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
		};
		process.once("exit", killAll);
		const limit = setTimeout(killAll, LIMIT_MS);
		let sent = 0;
		const look = setInterval(() => {
			if (interruption === undefined || !interruption.when()) return;
			if (interruption.how === "killed") killAll();
			else if (sent === 0) sent = Number(child.kill("SIGINT"));
			else if (sent === 1 && /cancelling/.test(output)) sent += Number(child.kill("SIGTERM"));
		}, LOOK_MS);
		const stop = () => {
			clearTimeout(limit);
			clearInterval(look);
			process.off("exit", killAll);
		};
		child.on("error", (error) => {
			stop();
			reject(error);
		});
		child.on("close", (code, signal) => {
			stop();
			resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), output });
		});
	});
}
