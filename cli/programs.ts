import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first program of that name on the PATH that can be run, or `undefined`. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
	for (const folder of (env["PATH"] ?? "").split(delimiter)) {
		const found = folder === "" ? undefined : programIn(folder, name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The file name of a program on this platform. */
export function fileName(program: string): string {
	return process.platform === "win32" ? `${program}.exe` : program;
}

/** The program of that name in a folder, if it can be run. */
export function programIn(folder: string, name: string): string | undefined {
	const path = join(folder, fileName(name));
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile() ? path : undefined;
	} catch {
		return undefined;
	}
}
