/**
 * Run by `npm run example <name>`: one of the projects below `examples/`, brought up with the real engine against the
 * emulator on this machine. `npm run example <name> destroy` removes what it made.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureEngine } from "./engine/index.ts";
import { openEmulator } from "./start/emulator.ts";
import { local, localEnvironment, root, Stack } from "./start/stack.ts";
import { runScript, UserError } from "./userError.ts";

const RENDER_SECONDS = 2;

await runScript(async () => {
	const [name = "", action = "up", ...rest] = process.argv.slice(2);
	const folder = join(root, "examples", name);
	if (!/^[a-z-]+$/.test(name) || !existsSync(join(folder, "Pulumi.yaml"))) {
		throw new UserError(
			`Name an example: npm run example <name>, with one of ${(await names()).join(", ")}.`,
		);
	}
	if (!["up", "destroy"].includes(action) || rest.length > 0) {
		throw new UserError(
			`Run \`npm run example ${name}\` to bring it up, or \`npm run example ${name} destroy\` to remove it again.`,
		);
	}
	const engine = await ensureEngine();
	const emulator = await openEmulator(join(local, "examples", name), RENDER_SECONDS);
	try {
		const where = { HEYGEN_BASE_URL: emulator.url, HEYGEN_API_KEY: emulator.apiKey };
		const stack = new Stack("example", engine, { ...localEnvironment(engine), ...where }, folder);
		await stack.select();
		return await stack.inForeground([action, "--yes"]);
	} finally {
		await emulator.close();
	}
});

async function names(): Promise<string[]> {
	const entries = await readdir(join(root, "examples"));
	return entries.filter((name) => existsSync(join(root, "examples", name, "Pulumi.yaml")));
}
