import { delimiter, dirname, join } from "node:path";
import { type Attempt, allowedWays, choose, type Way } from "./choose.ts";
import { download, findDownloaded } from "./download.ts";
import { findOnPath } from "./find.ts";
import { buildFromGo, findBuilt } from "./goBuild.ts";
import { withLauncher } from "./launcher.ts";
import { withPolicyPacks } from "./policyPacks.ts";
import { lines, type Progress } from "./progress.ts";

/** A real Pulumi engine that can run Node.js programs with dynamic resources. */
export interface Engine {
	/** How it got here. */
	way: Way;
	/** The path of the `pulumi` program. */
	pulumi: string;
	/** The version of `pulumi`, without a leading `v`. */
	version: string;
	/** The value for `PATH` with which `pulumi` has to be run. */
	path: string;
}

/** Settings of {@link ensureEngine}. */
export interface EnsureEngineOptions {
	/** Default: this process's environment. `PATH`, the cache folder and `PULUMI_HEYGEN_ENGINE` are read from it. */
	env?: NodeJS.ProcessEnv;
	/** Takes the lines that tell a waiting user what goes on. Default: standard error. */
	say?: (line: string) => void;
	/** Whether the engine has to run policy packs written for Node.js. Default: `false`. */
	policyPacks?: boolean;
}

const root = dirname(dirname(import.meta.dirname));

/**
 * Finds the Pulumi engine, or gets it: from the PATH, else from an earlier run, else by the SDK's own
 * download, else built from Go modules. Several processes may call this at once.
 * Throws a `UserError` that names the three ways when none is open.
 */
export async function ensureEngine(options: EnsureEngineOptions = {}): Promise<Engine> {
	const env = options.env ?? process.env;
	const progress = lines(options.say ?? ((line) => process.stderr.write(`${line}\n`)));
	const allowed = allowedWays(env["PULUMI_HEYGEN_ENGINE"]);
	const found = await choose(attempts(env, progress).filter(({ way }) => allowed.includes(way)));
	const launching = await withLauncher(found, env);
	const engine = options.policyPacks ? await withPolicyPacks(launching, env, progress) : launching;
	const nodeFolder = join(root, "node_modules", ".bin");
	return { ...engine, path: [nodeFolder, dirname(engine.pulumi), env["PATH"] ?? ""].join(delimiter) };
}

function attempts(env: NodeJS.ProcessEnv, progress: Progress): Attempt[] {
	return [
		{ way: "path", get: () => findOnPath(env) },
		{ way: "download", get: () => findDownloaded(env) },
		{ way: "go", get: () => findBuilt(env) },
		{ way: "download", get: () => download(env, progress) },
		{ way: "go", get: () => buildFromGo(env, progress) },
	];
}
