import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileName, onPath } from "../../cli/programs.ts";
import { run } from "../childProcess.ts";
import { enginesFolder, filledOnce, forThisMachine } from "./cache.ts";
import { type Binaries, Unavailable } from "./choose.ts";

import type { Progress } from "./progress.ts";
import { CLI, type GoProgram, LANGUAGE_HOST } from "./versions.ts";

const BUILD_LIMIT_SECONDS = 45 * 60;
const OUTPUT_LINES = 12;
const name = forThisMachine(`cli-${CLI.version}-host-${LANGUAGE_HOST.version}`);

/** The engine that an earlier run built. Throws {@link Unavailable} when there is none. */
export async function findBuilt(env: NodeJS.ProcessEnv): Promise<Binaries> {
	const folder = join(enginesFolder(env), name);
	if (!existsSync(folder)) throw new Unavailable("nothing has been built yet");
	return binariesIn(folder);
}

/**
 * The CLI and the Node.js language host, built from their Go modules into the user's cache folder.
 * Throws {@link Unavailable} when there is no `go`, or with the end of its output when it fails.
 */
export async function buildFromGo(env: NodeJS.ProcessEnv, progress: Progress): Promise<Binaries> {
	const go = onPath("go", env);
	if (go === undefined) throw new Unavailable("there is no `go` on the PATH");
	const fill = async (folder: string) => {
		progress.say(
			`Building Pulumi ${CLI.version} from its Go modules. The first time this takes some minutes; the result is kept.`,
		);
		for (const program of [LANGUAGE_HOST, CLI]) {
			await progress.during(`Building ${program.name} ${program.version}`, () =>
				buildProgram(go, program, folder, env),
			);
		}
	};
	const onWait = () => progress.say("Another process is building Pulumi; waiting for it.");
	return binariesIn(await filledOnce(enginesFolder(env), name, fill, onWait));
}

/**
 * Builds one program into the `bin` folder of `folder`.
 * Throws {@link Unavailable} with the end of the compiler's output when it fails.
 */
export async function buildProgram(
	go: string,
	program: GoProgram,
	folder: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${program.version}`;
	const target = join(folder, "bin", fileName(program.name));
	const args = ["build", "-trimpath", "-buildvcs=false", "-ldflags", `-s -w ${versionFlag}`, "-o", target];
	const outcome = await run(go, [...args, program.package], {
		cwd: join(import.meta.dirname, "go", program.folder),
		env: { ...env, GOWORK: "off" },
		timeoutSeconds: BUILD_LIMIT_SECONDS,
	});
	if (outcome.code !== 0) {
		const output = outcome.stderr.trim().split("\n").slice(-OUTPUT_LINES).join("\n       ");
		throw new Unavailable(
			`\`go build\` of ${program.name} failed: ${outcome.problem ?? ""}\n       ${output}`,
		);
	}
}

function binariesIn(folder: string): Binaries {
	return { way: "go", pulumi: join(folder, "bin", fileName("pulumi")), version: CLI.version };
}
