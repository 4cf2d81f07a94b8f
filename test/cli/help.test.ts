import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { run } from "../../scripts/childProcess.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const command = (...args: string[]) =>
	run(process.execPath, [main, ...args], { cwd: tmpdir(), env: {}, timeoutSeconds: 60 });

describe("every command of pulumi-heygen", function () {
	this.timeout(120_000);

	it("shows examples, exit codes and a way for programs to read it, and ends with 2 when called wrongly", async () => {
		const { stdout } = await command("--help");
		const [, listed = ""] = stdout.split(/^Commands:\n/m);
		const names = [...listed.matchAll(/^ {2}([a-z]+) (?!pulumi-)/gm)].map(([, name = ""]) => name);
		const commands = names.filter((name) => name !== "help");
		assert.ok(commands.length >= 6, stdout);
		for (const name of commands) {
			const help = await command(name, "--help");
			assert.deepEqual([help.code, help.stderr], [0, ""], name);
			assert.match(help.stdout, new RegExp(`^Examples:\n  .*pulumi-heygen ${name}\\b`, "m"), name);
			const [, examples = ""] = help.stdout.split("Examples:\n");
			for (const [call] of examples.matchAll(/\S* ?\bpulumi-heygen [a-z]+/g))
				assert.match(call, /^npx /, name);
			assert.match(help.stdout, /^Exit codes: 0 .*2 wrong use/m, name);
			if (name !== "schema") assert.match(help.stdout, /^ {2}--json /m, name);
			const wrong = await command(name, "--nonsense");
			assert.deepEqual([wrong.code, wrong.stdout], [2, ""], name);
			assert.match(wrong.stderr, /^error: unknown option/, name);
		}
	});
});
