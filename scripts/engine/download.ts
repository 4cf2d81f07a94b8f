import { existsSync } from "node:fs";
import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { fileName } from "../../cli/programs.ts";
import { run } from "../childProcess.ts";
import { enginesFolder, filledOnce, forThisMachine } from "./cache.ts";
import { type Binaries, Unavailable } from "./choose.ts";
import type { Progress } from "./progress.ts";

/** The exit code of `install.ts` that says that the download site did not answer in time. */
export const NO_CONNECTION = 3;

const DOWNLOAD_LIMIT_SECONDS = 900;
const name = forThisMachine(`release-${sdkVersion}`);

/** The release that an earlier run downloaded. Throws {@link Unavailable} when there is none. */
export async function findDownloaded(env: NodeJS.ProcessEnv): Promise<Binaries> {
	const folder = join(enginesFolder(env), name);
	if (!existsSync(folder)) throw new Unavailable("nothing has been downloaded yet");
	return binariesIn(folder);
}

/**
 * The release of the CLI that belongs to the installed SDK, downloaded by the SDK's own installer. That
 * installer waits up to two minutes for its first answer and without a limit for the archive, so it runs in
 * a process of its own, after a short look whether there is a connection at all.
 */
export async function download(env: NodeJS.ProcessEnv, progress: Progress): Promise<Binaries> {
	const fill = async (folder: string) => {
		const script = join(import.meta.dirname, "install.ts");
		const outcome = await progress.during(`Downloading Pulumi ${sdkVersion}`, () =>
			run(process.execPath, [script, folder], {
				env: { ...env, NODE_USE_ENV_PROXY: "1" },
				timeoutSeconds: DOWNLOAD_LIMIT_SECONDS,
			}),
		);
		if (outcome.code === NO_CONNECTION) {
			progress.say("Pulumi's download site cannot be reached from here.");
			throw new Unavailable("Pulumi's download site cannot be reached from here");
		}
		if (outcome.code !== 0) {
			throw new Unavailable(`the download failed: ${outcome.problem ?? lastLine(outcome.stderr)}`);
		}
	};
	const onWait = () => progress.say("Another process is downloading Pulumi; waiting for it.");
	return binariesIn(await filledOnce(enginesFolder(env), name, fill, onWait));
}

function binariesIn(folder: string): Binaries {
	return { way: "download", pulumi: join(folder, "bin", fileName("pulumi")), version: sdkVersion };
}

function lastLine(text: string): string {
	return text.trim().split("\n").at(-1) ?? "";
}
