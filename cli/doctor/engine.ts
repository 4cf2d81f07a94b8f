import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import semver from "semver";
import { ownPackage } from "../ownPackage.ts";
import { onPath, programIn } from "../programs.ts";
import { type HowToRun, pulumi } from "../pulumiCli.ts";
import { type Check, ok, problem, skippedAll, warning } from "./check.ts";

const WITHIN_MS = 20_000;
const INSTALL = "Install the Pulumi CLI as https://www.pulumi.com/docs/iac/download-install/ says.";
const LANGUAGE_HOST = "pulumi-language-nodejs";
/** Starts the provider process of dynamic resources. */
const LAUNCHER = "pulumi-resource-pulumi-nodejs";

const PARTS = {
	"language-host": "The language host for Node.js",
	"dynamic-provider": "The launcher of dynamic providers",
};

/** The Pulumi CLI, and what it needs to run programs in Node.js with dynamic resources. */
export async function engineChecks(how: HowToRun): Promise<Check[]> {
	const path = onPath("pulumi", process.env);
	if (path === undefined) {
		const none = problem("pulumi", "There is no `pulumi` on the PATH.", INSTALL);
		return [none, ...skippedAll(PARTS, "there is no `pulumi`")];
	}
	const folder = dirname(realpathSync(path));
	return [await versionCheck(how), languageHost(folder), launcher(folder)];
}

async function versionCheck(how: HowToRun): Promise<Check> {
	const { failed, stdout, reason } = await pulumi(["version"], INSTALL, { ...how, withinMs: WITHIN_MS });
	if (failed) return problem("pulumi", reason, INSTALL);
	const version = semver.parse(stdout.trim());
	if (version === null) {
		return warning("pulumi", `\`pulumi version\` answers "${stdout.trim()}", which is no version.`, INSTALL);
	}
	const sdk = ownPackage().peerDependencies["@pulumi/pulumi"];
	if (version.major !== semver.minVersion(sdk)?.major) {
		return problem(
			"pulumi",
			`The Pulumi CLI is ${version}, and another major version is needed: ${sdk}.`,
			INSTALL,
		);
	}
	if (!semver.satisfies(version, sdk, { includePrerelease: true })) {
		const text = `The Pulumi CLI is ${version}, older than the oldest supported @pulumi/pulumi (${sdk}).`;
		return warning("pulumi", text, INSTALL);
	}
	return ok("pulumi", `The Pulumi CLI is ${version}.`);
}

function languageHost(folder: string): Check {
	if (isThere(LANGUAGE_HOST, folder) || isInstalled("language-nodejs-v")) {
		return ok("language-host", "Pulumi has its language host for Node.js.");
	}
	const text = `\`${LANGUAGE_HOST}\`, with which Pulumi runs programs, is neither beside \`pulumi\` nor on the PATH.`;
	return problem("language-host", text, `${INSTALL} A release brings it along.`);
}

function launcher(folder: string): Check {
	if (isThere(LAUNCHER, folder))
		return ok("dynamic-provider", "Pulumi can start dynamic providers in Node.js.");
	const text = `\`${LAUNCHER}\`, which starts this provider, is neither beside \`pulumi\` nor on the PATH.`;
	return problem("dynamic-provider", text, `${INSTALL} A release brings it along.`);
}

/** Where the engine looks for what a release brings along. On Windows the launcher is a script. */
const isThere = (name: string, folder: string) =>
	(onPath(name, process.env) ?? programIn(folder, name)) !== undefined ||
	(process.platform === "win32" && existsSync(join(folder, `${name}.cmd`)));

/** As by `pulumi plugin install`. */
function isInstalled(prefix: string): boolean {
	const home = process.env["PULUMI_HOME"] || join(homedir(), ".pulumi");
	try {
		return readdirSync(join(home, "plugins")).some((name) => name.startsWith(prefix));
	} catch {
		return false;
	}
}
