/**
 * Run by `npm run bench:preview`: how long `pulumi preview` takes on the real engine for 500 specs with 1,500 videos, beside
 * as many dynamic resources that do nothing, in turns. It prints the figures and judges nothing.
 *
 *   --specs 500     spec files, of three videos each
 *   --rounds 5      previews of each stack
 *   --existing      also of stacks that are there, with nothing to change; they are made first, by an emulator
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startEmulator } from "../emulator/index.ts";
import { createProject, type Project } from "../test/engine/support/project.ts";
import { pulumi, VIDEOS_OF_A_SPEC, writeNothing, writeNothingWithInputs, writeVideos } from "./stacks.ts";

const { values: options } = parseArgs({
	options: {
		specs: { type: "string", default: "500" },
		rounds: { type: "string", default: "5" },
		existing: { type: "boolean", default: false },
	},
});
const [specs, rounds] = [Number(options.specs), Number(options.rounds)];
const videos = specs * VIDEOS_OF_A_SPEC;
const AT_ONCE = 100;

const emulator = await startEmulator({
	renderSeconds: 1,
	queueSeconds: 0,
	concurrency: AT_ONCE,
	accounts: [{ apiKey: "bench-key", username: "bench", balanceUsd: videos * 7 }],
});
const stacks: { name: string; project: Project }[] = [];
try {
	const [set, bare, filled] = [await makeProject(), await makeProject(), await makeProject()];
	stacks.push(
		{ name: `VideoSet, ${specs} specs, ${videos} videos`, project: set },
		{ name: `${videos} that do nothing, no inputs`, project: bare },
		{ name: `${videos} that do nothing, same inputs`, project: filled },
	);
	await writeVideos(set, specs);
	await writeNothing(bare, videos);
	await writeNothingWithInputs(filled, specs);

	await compare("a new stack", /(\d+) to create/);
	if (options.existing) {
		for (const { name, project } of stacks) {
			const up = ["up", "--yes", "--skip-preview", "--parallel", String(AT_ONCE)];
			const { clock, cpu } = await measured(project, ...up);
			say(`made: ${name.padEnd(34)} clock ${clock.toFixed(0)} s, cpu ${cpu.toFixed(0)} s`);
		}
		await compare("a stack with nothing to change", /(\d+) unchanged/);
	}
} finally {
	await emulator.close();
	for (const { project } of stacks) await project.remove();
}

async function makeProject(): Promise<Project> {
	const project = await createProject(emulator);
	// The engine writes a local state anew with each step; what is measured here are previews.
	Object.assign(project.environment, {
		HEYGEN_CONCURRENCY: String(AT_ONCE),
		PULUMI_EXPERIMENTAL: "true",
		PULUMI_SKIP_CHECKPOINTS: "true",
	});
	return project;
}

/** Previews every stack in each round; `counted` is where the engine says how many resources it saw. */
async function compare(what: string, counted: RegExp): Promise<void> {
	const times = stacks.map((): Record<"clock" | "cpu", number[]> => ({ clock: [], cpu: [] }));
	say(`\npreview of ${what}`);
	for (let round = 0; round < rounds; round++) {
		for (const [at, { project }] of stacks.entries()) {
			const { clock, cpu, stdout } = await measured(project, "preview");
			times[at]?.clock.push(clock);
			times[at]?.cpu.push(cpu);
			const seen = Number(counted.exec(stdout)?.[1]);
			if (!(seen >= videos)) throw new Error(`The engine saw ${seen} of ${videos} resources:\n${stdout}`);
		}
	}
	for (const kind of ["clock", "cpu"] as const) {
		const [ours = []] = times.map((time) => time[kind]);
		for (const [at, { name }] of stacks.entries()) {
			const mine = times[at]?.[kind] ?? [];
			const ratio = at === 0 ? "" : `; the set takes ${(median(ours) / median(mine)).toFixed(2)} times that`;
			const all = mine.map((seconds) => seconds.toFixed(1)).join(" ");
			say(`${kind.padEnd(5)} ${name.padEnd(34)} ${all}: median ${median(mine).toFixed(1)} s${ratio}`);
		}
	}
}

/** A run of the CLI, with its seconds by the clock and of processor time. */
async function measured(project: Project, ...args: string[]) {
	const [start, before] = [performance.now(), cpuOfChildren()];
	const { stdout } = await pulumi(project, ...args);
	return { stdout, clock: (performance.now() - start) / 1_000, cpu: cpuOfChildren() - before };
}

/**
 * Seconds of processor time of all that this process has started and that has ended, as Linux tells them: on a machine
 * with other work they say more than the clock.
 */
function cpuOfChildren(): number {
	const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
	const TICKS_A_SECOND = 100;
	return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
