/**
 * Run by `npm run example <name>`: one of the projects below `examples/`, brought up with the real engine against the
 * emulator on this machine. `npm run example <name> destroy` removes what it made.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureEngine } from "./engine/index.ts";
import { receiveOne } from "./example/receiveOne.ts";
import { openEmulator } from "./start/emulator.ts";
import { freePort } from "./start/freePort.ts";
import { local, localEnvironment, root, Stack } from "./start/stack.ts";
import { runScript, UserError } from "./userError.ts";

const RENDER_SECONDS = 2;
/** Where the receiver of the example with webhooks listens, if that is free. */
const RECEIVER_PORT = 4011;
/** For an example that comes with a policy pack. */
const RULES = ["--policy-pack", "pack", "--policy-pack-config", "pack/rules.json"];

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
	const rules = existsSync(join(folder, "pack", "PulumiPolicy.yaml"));
	const engine = await ensureEngine({ policyPacks: rules });
	const port = await freePort(RECEIVER_PORT);
	const emulator = await openEmulator(join(local, "examples", name), RENDER_SECONDS);
	try {
		const where = {
			HEYGEN_BASE_URL: emulator.url,
			HEYGEN_API_KEY: emulator.apiKey,
			WEBHOOK_URL: `http://127.0.0.1:${port}/heygen`,
		};
		const stack = new Stack("example", engine, { ...localEnvironment(engine), ...where }, folder);
		await stack.select();
		if (rules && action === "destroy") await stack.quietly(["state", "unprotect", "--all", "--yes"]);
		const checks = rules && action === "up" ? RULES : [];
		const code = await stack.inForeground([action, "--yes", ...checks]);
		if (code !== 0 || action !== "up") return code;
		if (name === "webhooks") {
			const { secret } = await stack.outputs("--show-secrets");
			await receiveOne(emulator, port, String(secret));
		}
		process.stdout.write(`\nRun \`npm run example ${name} destroy\` to remove it again.\n`);
		return 0;
	} finally {
		await emulator.close();
	}
});

async function names(): Promise<string[]> {
	const entries = await readdir(join(root, "examples"));
	return entries.filter((name) => existsSync(join(root, "examples", name, "Pulumi.yaml")));
}
