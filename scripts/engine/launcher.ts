import { existsSync, realpathSync } from "node:fs";
import { chmod, copyFile, link, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { enginesFolder, filledOnce, forThisMachine } from "./cache.ts";
import type { Binaries } from "./choose.ts";

const LAUNCHER = "pulumi-resource-pulumi-nodejs";
const launcherFiles = [LAUNCHER, `${LAUNCHER}.cmd`];
const sdkFolder = dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

/**
 * The same engine with the launcher of the dynamic provider in the same folder; where the launcher lies
 * elsewhere on the PATH, the engine warns at every run. A release brings it along. For a built engine the SDK
 * has it, not always with its run bit: it is copied, and the programs are linked beside it. It resolves the
 * SDK from the folder in which the engine starts it, so the copy does the same from anywhere.
 */
export async function withLauncher(engine: Binaries, env: NodeJS.ProcessEnv): Promise<Binaries> {
	const programs = dirname(realpathSync(engine.pulumi));
	if (launcherFiles.some((name) => existsSync(join(programs, name)))) return engine;
	const name = forThisMachine(`cli-${engine.version}-sdk-${sdkVersion}`);
	const folder = await filledOnce(enginesFolder(env), name, async (target) => {
		for (const program of await readdir(programs)) {
			if (program.startsWith("pulumi")) await linkOrCopy(join(programs, program), join(target, program));
		}
		for (const file of launcherFiles) {
			await copyFile(join(sdkFolder, file), join(target, file));
			await chmod(join(target, file), 0o755);
		}
	});
	return { ...engine, pulumi: join(folder, basename(engine.pulumi)) };
}

/** A hard link costs no space; a file system without them, or another one, gets a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
	await link(from, to).catch(() => copyFile(from, to));
}
