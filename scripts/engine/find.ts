import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "../childProcess.ts";
import { type Binaries, Unavailable } from "./choose.ts";
import { isNewEnough, LANGUAGE_HOST, OLDEST_CLI } from "./versions.ts";

/** The first program of that name on the PATH that can be run, or `undefined`. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
	for (const folder of (env["PATH"] ?? "").split(delimiter)) {
		const found = folder === "" ? undefined : programIn(folder, name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The file name of a program on this platform. */
export function fileName(program: string): string {
	return process.platform === "win32" ? `${program}.exe` : program;
}

/**
 * The user's own Pulumi: `pulumi` on the PATH, with its Node.js language host.
 * Throws {@link Unavailable} when there is none, when it is older than {@link OLDEST_CLI}, or without the host.
 */
export async function findOnPath(env: NodeJS.ProcessEnv): Promise<Binaries> {
	const pulumi = onPath("pulumi", env);
	if (pulumi === undefined) throw new Unavailable("there is no `pulumi` on the PATH");
	const answer = await run(pulumi, ["version"], {
		env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" },
		timeoutSeconds: 20,
	});
	const version = answer.stdout.trim();
	if (!isNewEnough(version, OLDEST_CLI)) {
		const found = answer.code === 0 ? `is ${version}` : "does not answer `pulumi version`";
		throw new Unavailable(`the \`pulumi\` on the PATH ${found}; it has to be 3.x, ${OLDEST_CLI} or newer`);
	}
	const hostIsThere =
		programIn(dirname(realpathSync(pulumi)), LANGUAGE_HOST.name) ?? onPath(LANGUAGE_HOST.name, env);
	if (hostIsThere === undefined) {
		throw new Unavailable(`the \`pulumi\` on the PATH comes without \`${LANGUAGE_HOST.name}\``);
	}
	return { way: "path", pulumi, version: version.replace(/^v/, "") };
}

function programIn(folder: string, name: string): string | undefined {
	const path = join(folder, fileName(name));
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile() ? path : undefined;
	} catch {
		return undefined;
	}
}
