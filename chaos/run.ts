import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createProject, type Project } from "../test/engine/support/project.ts";
import type { Cell } from "./cells.ts";
import { type Disk, smallDisk } from "./disk.ts";
import { inject, LONGEST_PREVIEW_MS } from "./inject.ts";
import { mended } from "./mend.ts";
import { COMMANDS, processesOf, startRun } from "./processes.ts";
import type { createStages, Scene } from "./stages.ts";
import { type Findings, verify } from "./verify.ts";

/** How often `up` is run until it must have nothing to do any more. */
const MOST_RUNS = 8;
/** How long what a killed run leaves behind may take to end by itself, in milliseconds. */
const LEFT_BEHIND_MS = 60_000;
/** Nothing that is to be hit is there sooner in a preview, in milliseconds. */
const SHORTEST_PREVIEW_MS = 100;

export interface Outcome extends Findings {
	cell: Cell;
	/** Why the cell was not run; all counts are 0 then. */
	skipped?: string;
	/** Runs after the one with the fault, the quiet one included. */
	runs: number;
	/** What was needed beyond running `up` again. */
	human: string[];
	/** All that the runs have said, for a cell that went wrong. */
	said: string;
}

const nothing = (cell: Cell): Outcome => ({
	cell,
	paidMore: 0,
	lost: 0,
	secrets: [],
	problems: [],
	runs: 0,
	human: [],
	said: "",
});

/** Runs one cell: the user's change with the fault, then `up` until it is quiet, then the count. */
export async function runCell(
	cell: Cell,
	stages: Awaited<ReturnType<typeof createStages>>,
	random: () => number,
): Promise<Outcome> {
	const disk = cell.fault?.kind === "full disk" ? smallDisk() : undefined;
	if (cell.fault?.kind === "full disk" && disk === undefined) {
		return { ...nothing(cell), skipped: "this user may not mount a disk to fill" };
	}
	const scene = await stages.copy(cell.change.stage, disk?.folder);
	try {
		return cell.preview ? await preview(cell, scene, random) : await change(cell, scene, disk, random);
	} finally {
		await endProcesses(scene.project, 0);
		await scene.end();
		disk?.remove();
	}
}

async function change(
	cell: Cell,
	scene: Scene,
	disk: Disk | undefined,
	random: () => number,
): Promise<Outcome> {
	const { change: wanted, fault } = cell;
	const outcome = nothing(cell);
	const { project } = scene;
	const urn = wanted.flags === undefined ? "" : (await project.video()).urn;
	const flags = (wanted.flags ?? []).map((flag) => flag.replace("{urn}", urn));
	await project.write(wanted.program);
	const command = [wanted.command ?? "up", "--yes", "--skip-preview", ...flags];
	const second = wanted.secondStack ? await secondStack(scene, wanted.program) : undefined;

	const run = await startRun(project, command);
	const beside = second && (await startRun(second, command));
	const injection = inject(cell, scene, run, disk, random);
	const [{ text }] = await Promise.all([run.ended, injection.done]);
	outcome.said += text;
	await injection.undo();
	if (fault !== undefined && !injection.came()) outcome.problems.push("the fault did not come about");
	if (beside !== undefined) outcome.said += (await beside.ended).text;
	if (fault?.hoursLater !== undefined) scene.emulator.control.clock.advance(fault.hoursLater * 3600);

	await project.write(wanted.programAfter ?? wanted.program);
	if (wanted.between !== undefined) await untilDone(project, wanted.between, outcome);
	const projects = second === undefined ? [project] : [project, second];
	for (const each of projects) await untilQuiet(each, wanted.command, outcome);
	const findings = await verify(wanted, scene, projects, outcome.said);
	for (const each of projects) {
		const left = await endProcesses(each, LEFT_BEHIND_MS);
		if (left > 0) outcome.problems.push(`${left} provider processes were left behind`);
	}
	return { ...outcome, ...findings, problems: [...outcome.problems, ...findings.problems] };
}

async function preview(cell: Cell, scene: Scene, random: () => number): Promise<Outcome> {
	const outcome = nothing(cell);
	const { project, emulator } = scene;
	await project.write(cell.change.program);
	const before = contentOf(project);
	emulator.control.clearRequests();
	let came = false;
	// A preview may be over before the moment that was chosen: the next one gets an earlier one.
	for (let within = LONGEST_PREVIEW_MS; !came && within > SHORTEST_PREVIEW_MS; within /= 2) {
		const run = await startRun(project, ["preview", ...(cell.change.flags ?? [])]);
		const injection = inject(cell, scene, run, undefined, random, within);
		const [{ text }] = await Promise.all([run.ended, injection.done]);
		outcome.said += text;
		came = injection.came();
	}
	if (!came) outcome.problems.push("the fault did not come about");
	await endProcesses(project, LEFT_BEHIND_MS);
	if (contentOf(project) !== before) outcome.problems.push("the preview has written something");
	const requests = emulator.control.requests().length;
	if (requests > 0) outcome.problems.push(`the preview has sent ${requests} requests`);
	return outcome;
}

/** Runs a command until it succeeds. */
async function untilDone(project: Project, args: readonly string[], outcome: Outcome): Promise<string> {
	for (let tries = 0; ; tries++) {
		const ran = await project.pulumi(...args);
		outcome.said += `\n$ pulumi ${args.join(" ")}\n${ran.text}`;
		if (ran.code === 0) return ran.text;
		if (tries === MOST_RUNS) throw new Error(`\`pulumi ${args[0]}\` fails again and again:\n${outcome.said}`);
		outcome.human.push(...(await mended(project, ran.text)));
	}
}

/** Runs `up`, or `destroy`, until it has nothing to do. */
async function untilQuiet(
	project: Project,
	command: "up" | "destroy" | undefined,
	outcome: Outcome,
): Promise<void> {
	const args = [command ?? "up", "--yes", "--skip-preview"];
	for (let runs = 0; runs < MOST_RUNS; runs++) {
		outcome.runs++;
		const text = await untilDone(project, args, outcome);
		if (command === "destroy") return;
		if (/Resources:\s+\d+ unchanged\s/.test(text)) return;
	}
	outcome.problems.push(`\`pulumi up\` finds something to do each time`);
}

async function secondStack({ emulator, project: first }: Scene, program: string): Promise<Project> {
	const project = await createProject(emulator);
	await cp(join(first.folder, "brand"), join(project.folder, "brand"), { recursive: true });
	project.environment["PULUMI_STACK"] = "prod";
	const made = await project.pulumi("stack", "init", "prod");
	if (made.code !== 0) throw new Error(made.text);
	await project.write(program);
	return project;
}

/**
 * Waits for a project's provider processes to end, then ends all that is left; tells how many providers that were. Some
 * language hosts outlive an engine that was killed: that is theirs to mend.
 */
async function endProcesses(project: Project, patienceMs: number): Promise<number> {
	const providers = () => processesOf(project).filter(({ command }) => COMMANDS.provider.test(command));
	for (let waited = 0; waited < patienceMs && providers().length > 0; waited += 200) await sleep(200);
	const left = providers().length;
	for (const { pid } of processesOf(project)) {
		try {
			process.kill(pid, "SIGKILL");
		} catch {
			// It has ended by itself.
		}
	}
	return left;
}

/** The stack's state and the files, as one text; locks and history are no part of either. */
function contentOf({ folder }: Project): string {
	const hash = createHash("sha256");
	for (const name of ["backend/.pulumi/stacks", "dist", "brand"]) {
		const at = join(folder, name);
		if (!existsSync(at)) continue;
		for (const entry of readdirSync(at, { recursive: true, withFileTypes: true })) {
			if (!entry.isFile()) continue;
			hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
		}
	}
	return hash.digest("hex");
}
