import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { onPath, programIn } from "../../cli/programs.ts";
import { run } from "../childProcess.ts";
import { type Binaries, Unavailable } from "./choose.ts";
import { isNewEnough, LANGUAGE_HOST, OLDEST_CLI } from "./versions.ts";

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
