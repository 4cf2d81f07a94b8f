import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { fileName, onPath } from "../../cli/programs.ts";
import { UserError } from "../userError.ts";
import { enginesFolder, filledOnce, forThisMachine } from "./cache.ts";
import { type Binaries, Unavailable } from "./choose.ts";
import { buildProgram } from "./goBuild.ts";
import { linkOrCopy } from "./launcher.ts";
import type { Progress } from "./progress.ts";
import { CLI, LANGUAGE_HOST, POLICY_HOST } from "./versions.ts";

/** Where the host of `go/policy-host` looks for the one that it stands in front of. */
const OLDER = "older";

/**
 * The same engine, able to run policy packs. A release is. A built one has a language host that is too old for them,
 * so a small one of this repository is built in front of it, into a folder that is named after its source.
 * Throws a {@link UserError} when it cannot be built.
 */
export async function withPolicyPacks(
	engine: Binaries,
	env: NodeJS.ProcessEnv,
	progress: Progress,
): Promise<Binaries> {
	if (engine.way !== "go") return engine;
	const fill = async (folder: string) => {
		const go = onPath("go", env);
		if (go === undefined) throw new Unavailable("there is no `go` on the PATH");
		await linkPrograms(dirname(engine.pulumi), join(folder, "bin"));
		await progress.during("Building what starts policy packs", () =>
			buildProgram(go, POLICY_HOST, folder, env),
		);
	};
	const onWait = () => progress.say("Another process is building what starts policy packs; waiting for it.");
	const versions = `cli-${CLI.version}-host-${LANGUAGE_HOST.version}-sdk-${sdkVersion}`;
	const name = forThisMachine(`${versions}-policy-${await fingerprint()}`);
	try {
		const folder = await filledOnce(enginesFolder(env), name, fill, onWait);
		return { ...engine, pulumi: join(folder, "bin", basename(engine.pulumi)) };
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		throw new UserError(
			`The engine that was built here needs one more program to run policy packs: ${error.message}.`,
		);
	}
}

async function linkPrograms(from: string, to: string): Promise<void> {
	await mkdir(join(to, OLDER), { recursive: true });
	for (const program of await readdir(from)) {
		const isHost = program === fileName(LANGUAGE_HOST.name);
		await linkOrCopy(join(from, program), join(to, isHost ? OLDER : "", program));
	}
}

/** Tells one state of the program's source from another. */
async function fingerprint(): Promise<string> {
	const folder = join(import.meta.dirname, "go", POLICY_HOST.folder);
	const hash = createHash("sha256");
	for (const file of (await readdir(folder)).sort()) {
		hash.update(`${file}\0`).update(await readFile(join(folder, file)));
	}
	return hash.digest("hex").slice(0, 12);
}
