import { type SpawnOptions, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Outcome, run } from "../childProcess.ts";
import type { Engine } from "../engine/index.ts";
import { UserError } from "../userError.ts";

/** The folder of `Pulumi.yaml`. */
export const root = dirname(dirname(import.meta.dirname));

/**
 * The folder that holds all that the quickstart and the examples keep on this machine; `PULUMI_HEYGEN_FOLDER` names
 * another one.
 */
export const local = process.env["PULUMI_HEYGEN_FOLDER"] ?? join(root, ".pulumi-heygen");

/** The folder of the local state, where no backend of the user's own is set. */
export const stateFolder = join(local, "state");

const QUIET_LIMIT_SECONDS = 600;

/** The environment in which the quickstart's stacks live: everything in {@link local}. */
export function localEnvironment(engine: Engine): NodeJS.ProcessEnv {
	return {
		...process.env,
		PATH: engine.path,
		PULUMI_BACKEND_URL: pathToFileURL(stateFolder).href,
		PULUMI_CONFIG_PASSPHRASE: "",
		PULUMI_HOME: join(local, "home"),
		PULUMI_SKIP_UPDATE_CHECK: "1",
	};
}

/** One stack of a project of this repository: of the quickstart, unless the folder of another one is given. */
export class Stack {
	readonly name: string;
	readonly #folder: string;
	readonly #pulumi: string;
	readonly #env: NodeJS.ProcessEnv;

	constructor(name: string, engine: Engine, env: NodeJS.ProcessEnv, folder = root) {
		this.name = name;
		this.#folder = folder;
		this.#pulumi = engine.pulumi;
		this.#env = env;
	}

	/** Makes the stack when it is not there yet. */
	async select(): Promise<void> {
		for (const folder of ["state", "stacks", "home"]) await mkdir(join(local, folder), { recursive: true });
		const outcome = await this.quietly(["stack", "select", "--create", "--non-interactive"]);
		if (outcome.code !== 0) throw new UserError(`The stack cannot be opened. ${outcome.stderr.trim()}`);
	}

	/** The stack's outputs, secrets left out unless a flag asks for them; empty when it has never been brought up. */
	async outputs(...flags: string[]): Promise<Readonly<Record<string, unknown>>> {
		const { code, stdout } = await this.quietly(["stack", "output", "--json", ...flags]);
		return code === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {};
	}

	/** Runs a `pulumi` command and gives back what it wrote. */
	quietly(args: readonly string[]): Promise<Outcome> {
		return run(this.#pulumi, [...args, "--stack", this.name], {
			cwd: this.#folder,
			env: this.#env,
			timeoutSeconds: QUIET_LIMIT_SECONDS,
		});
	}

	/** Runs a `pulumi` command in the user's terminal and gives back its exit code. */
	inForeground(args: readonly string[]): Promise<number> {
		return runInForeground(this.#pulumi, [...args, "--stack", this.name], {
			cwd: this.#folder,
			env: this.#env,
		});
	}
}

/**
 * Ctrl-C reaches every process of the terminal's group, the engine too, which then ends its running steps and
 * saves them. So this process only stays alive until the engine has ended, and sends it no second SIGINT,
 * which would make it give up at once. A SIGTERM reaches this process alone and is passed on.
 */
function runInForeground(command: string, args: readonly string[], where: SpawnOptions): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...where, stdio: "inherit" });
		const stay = () => {};
		const passOn = () => child.kill("SIGTERM");
		process.on("SIGINT", stay);
		process.once("SIGTERM", passOn);
		const stopListening = () => {
			process.removeListener("SIGINT", stay);
			process.removeListener("SIGTERM", passOn);
		};
		child.on("error", (error) => {
			stopListening();
			reject(error);
		});
		child.on("close", (code, signal) => {
			stopListening();
			resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
		});
	});
}
