import type { Engine } from "../engine/index.ts";
import { UserError } from "../userError.ts";
import { FILE } from "./onEmulator.ts";
import { PRICE, priceLine, pricePerVideo } from "./price.ts";
import { localEnvironment, Stack } from "./stack.ts";

/**
 * Brings the quickstart up, or removes it, at HeyGen. Money is spent only after the engine's own question has
 * been answered with yes in a terminal; without a terminal the preview is all that happens.
 */
export async function onHeyGen(engine: Engine, action: "up" | "destroy"): Promise<number> {
	const stack = new Stack("heygen", engine, realEnvironment(engine));
	const inTerminal = process.stdin.isTTY && process.stdout.isTTY;
	await stack.select();
	if (action === "destroy") return destroy(stack, inTerminal);
	await needLook(stack);

	const preview = await stack.quietly(["preview", "--json", "--non-interactive"]);
	if (preview.code !== 0) return stack.inForeground(["preview"]);
	const price = priceLine(preview.stdout, await priceOf(stack));
	if (price === undefined) {
		process.stdout.write(
			"Nothing to do: the video is as the program describes it. Nothing is rendered or paid.\n",
		);
		return 0;
	}
	if (inTerminal) {
		process.stdout.write(`${price}\n`);
		const code = await stack.inForeground(["up"]);
		if (code === 0) process.stdout.write(`\nThe video is in ${FILE}.\n`);
		return code;
	}
	const code = await stack.inForeground(["preview"]);
	process.stdout.write(`${price}\nThis is no terminal, so it stops here: nothing was rendered or paid.\n`);
	return code;
}

async function destroy(stack: Stack, inTerminal: boolean): Promise<number> {
	if (inTerminal) return stack.inForeground(["destroy"]);
	const code = await stack.inForeground(["destroy", "--preview-only"]);
	process.stdout.write("This is no terminal, so it stops here: nothing was removed.\n");
	return code;
}

/** The user's own backend and passphrase where they are set, else the local ones. */
function realEnvironment(engine: Engine): NodeJS.ProcessEnv {
	const local = localEnvironment(engine);
	const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE, PULUMI_HOME } = process.env;
	if (PULUMI_BACKEND_URL === undefined) return local;
	const own = { ...local, PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE, PULUMI_HOME };
	return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** The program's default look is one of the emulator's, which HeyGen does not know. */
async function needLook(stack: Stack): Promise<void> {
	if (process.env["HEYGEN_AVATAR_ID"]) return;
	const config = await stack.quietly(["config", "get", "quickstart:avatarId"]);
	if (config.code === 0) return;
	throw new UserError(
		"Say which of your avatar looks plays in the video: HEYGEN_AVATAR_ID=<look id> npm start. `npx pulumi-heygen looks` lists yours.",
	);
}

async function priceOf(stack: Stack): Promise<number> {
	const { code, stdout } = await stack.quietly(["config", "get", PRICE]);
	return pricePerVideo(code === 0 ? stdout : undefined, process.env);
}
