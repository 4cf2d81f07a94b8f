import { execFile } from "node:child_process";
import semver from "semver";
import { nodeFault } from "../../provider/nodeVersion.ts";
import { ownPackage } from "../ownPackage.ts";
import { type Check, ok, problem } from "./check.ts";

const WITHIN_MS = 10_000;
const MEND = "Install a newer Node.js from https://nodejs.org/, or choose one with your version manager.";

/** Whether the Node that runs this command is one that the package works on. */
export const runsHere = () => nodeFault() === undefined;

/** Of the Node that runs this command, and of the one that Pulumi runs programs with: the `node` of the PATH. */
export async function nodeCheck(signal: AbortSignal): Promise<Check> {
	const range = ownPackage().engines.node;
	if (!runsHere()) return problem("node", `Node ${process.versions.node} is not ${range}.`, MEND);
	const other = await versionOnPath(signal);
	if (other === undefined) {
		const mend = "Install Node.js, or put its folder on the PATH.";
		return problem("node", "There is no `node` on the PATH that Pulumi could run programs with.", mend);
	}
	if (!semver.satisfies(other, range)) {
		const text = `Pulumi runs programs with the \`node\` of the PATH, and ${plain(other)} is not ${range}.`;
		return problem("node", text, MEND);
	}
	return ok("node", `Node ${plain(other)} is ${range}.`);
}

const plain = (version: string) => version.replace(/^v/, "");

function versionOnPath(signal: AbortSignal): Promise<string | undefined> {
	return new Promise((resolve) => {
		execFile("node", ["--version"], { timeout: WITHIN_MS, signal }, (error, stdout) => {
			resolve(error === null ? stdout.trim() : undefined);
		});
	});
}
