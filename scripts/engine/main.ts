/**
 * Run by `npm test`: makes sure that there is a Pulumi engine before the tests that need one begin. With the argument
 * `policy-packs` it is one that can run those.
 */
import { runScript } from "../userError.ts";
import { ensureEngine } from "./index.ts";

const described = {
	path: "from the PATH",
	download: "downloaded by the Pulumi SDK",
	go: "built from its Go modules",
};

await runScript(async () => {
	const engine = await ensureEngine({ policyPacks: process.argv[2] === "policy-packs" });
	process.stdout.write(`Pulumi ${engine.version}, ${described[engine.way]}.\n`);
	return 0;
});
