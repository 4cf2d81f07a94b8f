import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../scripts/childProcess.ts";

const root = join(import.meta.dirname, "../..");

describe("a script that fails", () => {
	const failing = (message: string) => {
		const module = JSON.stringify(pathToFileURL(join(root, "scripts/userError.ts")).href);
		const script =
			`import { runScript, UserError } from ${module};` +
			`await runScript(async () => { throw new UserError(${JSON.stringify(message)}); });`;
		const env = { ...process.env, HEYGEN_API_KEY: "sk_V2_do-not-show-me" };
		return run(process.execPath, ["--input-type=module", "-e", script], {
			cwd: root,
			env,
			timeoutSeconds: 60,
		});
	};

	it("tells why in a sentence, without what a terminal obeys and without the key", async () => {
		const { code, stdout, stderr } = await failing(
			"It failed.\n  \u001b[31mred\u202e sk_V2_do-not-show-me at https://h/x?Signature=abc",
		);
		assert.deepEqual([code, stdout, stderr], [1, "", "It failed.\n  red [secret] at https://h/x\n"]);
	});
});
