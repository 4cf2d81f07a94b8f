import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { ensureEngine } from "../scripts/engine/index.ts";
import type { Project } from "../test/engine/support/project.ts";
import type { Part } from "./faults.ts";

/** A run of the CLI that can be ended on its way. */
export interface EngineRun {
	cli: ChildProcess;
	/** What it has said, and how it has ended. */
	ended: Promise<{ code: number | null; text: string }>;
}

const LONGEST_RUN_MS = 300_000;

/** Starts the CLI in a project, without a terminal. */
export async function startRun(project: Project, args: readonly string[]): Promise<EngineRun> {
	const { pulumi } = await ensureEngine();
	const all = [...args, "--non-interactive", "--color", "never"];
	const cli = spawn(pulumi, all, {
		cwd: project.folder,
		env: project.environment,
		stdio: ["ignore", "pipe", "pipe"],
		// A group of its own, as a shell gives it: a signal to this one is not one to the campaign.
		detached: true,
	});
	let text = "";
	cli.stdout.on("data", (chunk) => (text += chunk));
	cli.stderr.on("data", (chunk) => (text += chunk));
	const timer = setTimeout(() => {
		text += "\nThe campaign ended this run: it took longer than five minutes.\n";
		cli.kill("SIGKILL");
	}, LONGEST_RUN_MS);
	const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
		// Not `close`: what a killed CLI leaves behind holds its output open.
		cli.once("exit", (code) => {
			clearTimeout(timer);
			setTimeout(() => resolve({ code, text }), 50);
		});
	});
	return { cli, ended };
}

/** The processes of a project's runs, as Linux tells: all of them know the project's backend. */
export function processesOf({ environment }: Project): { pid: number; command: string }[] {
	const backend = `PULUMI_BACKEND_URL=${environment["PULUMI_BACKEND_URL"]}\0`;
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			try {
				if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(backend)) return [];
				return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") }];
			} catch {
				return [];
			}
		});
}

/** How the parts of a run are told by their command lines. */
export const COMMANDS: Readonly<Record<Exclude<Part, "cli">, RegExp>> = {
	provider: /dynamic-provider/,
	"language host": /pulumi-language-nodejs\0/,
};

/** Sends a signal to a part of a run. Throws when the run has no such part. */
export function signalTo(part: Part, signal: NodeJS.Signals, run: EngineRun, project: Project): void {
	if (part === "cli") {
		run.cli.kill(signal);
		return;
	}
	const found = processesOf(project).filter(({ command }) => COMMANDS[part].test(command));
	if (found.length === 0) throw new Error(`The run has no ${part}.`);
	for (const { pid } of found) process.kill(pid, signal);
}
