import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nodeFault, OLDEST_NODE } from "../../provider/nodeVersion.ts";
import { run } from "../../scripts/childProcess.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const OLD_NODE = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.20.2"})`;

describe("an old Node", () => {
	it("is one that is older than what the package asks for", () => {
		const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
		assert.equal(engines.node, `>=${OLDEST_NODE}`);
		for (const version of ["22.19.0", "22.20.0", "23.0.0", "24.21.0"])
			assert.equal(nodeFault(version), undefined);
		for (const version of ["22.18.9", "20.20.2", "9.0.0"])
			assert.match(String(nodeFault(version)), /needs Node 22\.19/);
	});

	it("is told by the command in one sentence", async () => {
		const ran = await run(process.execPath, ["--import", OLD_NODE, main, "schema"], { timeoutSeconds: 20 });
		assert.deepEqual([ran.code, ran.stdout, ran.stderr], [1, "", `${nodeFault("20.20.2")}\n`]);
	});
});
