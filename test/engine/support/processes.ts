import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { ensureEngine } from "../../../scripts/engine/index.ts";
import type { Project } from "./project.ts";

/** `pulumi up` as a process that a test can kill. */
export async function startUp({ folder, environment }: Project): Promise<ChildProcess> {
	const { pulumi } = await ensureEngine();
	const args = ["up", "--yes", "--skip-preview", "--non-interactive"];
	return spawn(pulumi, args, { cwd: folder, env: environment, stdio: "ignore" });
}

/** The provider processes that work in a folder, as Linux tells. */
export function providersIn(folder: string): number[] {
	const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	return processes.map(Number).filter((id) => {
		try {
			const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
			return readlinkSync(`/proc/${id}/cwd`) === folder && command.includes("dynamic-provider");
		} catch {
			return false;
		}
	});
}

export async function until(condition: () => boolean): Promise<void> {
	for (let looks = 0; !condition(); looks++) {
		if (looks > 2_000) throw new Error("it never came about");
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
