/**
 * Run by `npm run bench:cap`: makes a stack of videos from specs that extend one file, edits that file, and shows what
 * `heygen:maxNewVideos` lets the engine pay for. It prints what was told and paid; what must hold is tested in
 * `test/engine/long/cap.test.ts`.
 *
 *   --specs 167     spec files, of three videos each
 *   --most 20       the limit
 */
import { parseArgs } from "node:util";
import { startEmulator } from "../emulator/index.ts";
import { createProject } from "../test/engine/support/project.ts";
import { pulumi, tryPulumi, VIDEOS_OF_A_SPEC, writeStyle, writeVideos } from "./stacks.ts";

const AT_ONCE = 50;
const { values: options } = parseArgs({
	options: { specs: { type: "string", default: "167" }, most: { type: "string", default: "20" } },
});
const specs = Number(options.specs);

const emulator = await startEmulator({
	renderSeconds: 0.1,
	queueSeconds: 0,
	concurrency: AT_ONCE,
	accounts: [{ apiKey: "bench-key", username: "bench", balanceUsd: specs * VIDEOS_OF_A_SPEC * 14 }],
});
const project = await createProject(emulator);
try {
	// The engine writes a local state anew with each step, which is most of the time that so many take.
	Object.assign(project.environment, {
		HEYGEN_CONCURRENCY: String(AT_ONCE),
		PULUMI_EXPERIMENTAL: "true",
		PULUMI_SKIP_CHECKPOINTS: "true",
	});
	await writeVideos(project, specs);
	const start = performance.now();
	await pulumi(project, "up", "--yes", "--skip-preview", "--parallel", String(AT_ONCE));
	const made = emulator.control.paidRenders();
	say(`${made} videos made and paid in ${((performance.now() - start) / 1_000).toFixed(0)} s`);

	await writeStyle(project, "Cold light");
	project.environment["HEYGEN_MAX_NEW_VIDEOS"] = options.most;
	const unseen = ["up", "--yes", "--skip-preview"];
	for (const args of [["preview"], ["up", "--yes"], [...unseen, "--parallel", "32"], unseen]) {
		const [since, before] = [performance.now(), emulator.control.paidRenders()];
		const { code, stdout, stderr } = await tryPulumi(project, ...args);
		const took = ((performance.now() - since) / 1_000).toFixed(0);
		const paid = emulator.control.paidRenders() - before;
		say(`pulumi ${args.join(" ")}: exit code ${code} after ${took} s, ${paid} renders paid`);
		const told = /(?:The update would render|This run wants to render).*?allows \d+/.exec(stdout + stderr);
		say(`  ${told?.[0] ?? "nothing was told of the limit"}`);
	}
} finally {
	await emulator.close();
	await project.remove();
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
