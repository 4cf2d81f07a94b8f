import { dirname, join } from "node:path";
import { type Outcome, run } from "../../scripts/childProcess.ts";

export const root = dirname(dirname(import.meta.dirname));

/** Runs `npm run example <args>`, with all that it keeps in `folder` and without the settings of this machine. */
export function runExample(
	folder: string,
	args: string[],
	settings: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
	const environment = Object.entries(process.env).filter(
		([name]) => !/^(PULUMI_(?!HEYGEN)|HEYGEN_|BREAK_RULES$)/.test(name),
	);
	const env = { ...Object.fromEntries(environment), PULUMI_HEYGEN_FOLDER: folder, ...settings };
	const script = join(root, "scripts", "example.ts");
	return run(process.execPath, [script, ...args], { cwd: root, env, timeoutSeconds: 170 });
}
