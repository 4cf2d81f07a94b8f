/**
 * Run by `npm start`: the quickstart stack, brought up with the real engine. Without `HEYGEN_API_KEY` against
 * the emulator on this machine; with it against HeyGen, where nothing is spent without a yes in a terminal.
 */
import { ensureEngine } from "./engine/index.ts";
import { onEmulator } from "./start/onEmulator.ts";
import { onHeyGen } from "./start/onHeyGen.ts";
import { runScript, UserError } from "./userError.ts";

const actions = ["up", "destroy"] as const;

await runScript(async () => {
	const [word = "up", ...rest] = process.argv.slice(2);
	const action = actions.find((known) => known === word);
	if (action === undefined || rest.length > 0) {
		throw new UserError("Run `npm start` to render the video, or `npm start -- destroy` to remove it again.");
	}
	const engine = await ensureEngine();
	return process.env["HEYGEN_API_KEY"] ? onHeyGen(engine, action) : onEmulator(engine, action);
});
