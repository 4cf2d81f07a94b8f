/** Run as a program: downloads the Pulumi release of the installed SDK into the folder given as argument. */
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { NO_CONNECTION } from "./download.ts";

const DOWNLOAD_SITE = "https://get.pulumi.com/";
const CONNECT_LIMIT_MS = 5000;

async function install(root: string): Promise<number> {
	try {
		await fetch(DOWNLOAD_SITE, { method: "HEAD", signal: AbortSignal.timeout(CONNECT_LIMIT_MS) });
	} catch {
		return NO_CONNECTION;
	}
	try {
		await PulumiCommand.install({ root });
		return 0;
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		return 1;
	}
}

process.exit(await install(process.argv[2] ?? ""));
