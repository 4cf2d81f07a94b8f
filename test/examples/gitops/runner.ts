import assert from "node:assert/strict";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Contexts, filled, holds, type Status, type Value } from "./expressions.ts";
import { tokenOf } from "./github.ts";
import type { Repository } from "./repository.ts";
import { type Ended, type Interruption, runScript } from "./shell.ts";
import type { Job, Step, Workflow } from "./workflow.ts";

/** What all runs of a repository share. */
export interface Machine {
	folder: string;
	repository: Repository;
	/** The folder that `npm ci` stands for. */
	packages: string;
	/** The environment that every step finds, besides what the workflow gives. */
	env: Readonly<Record<string, string>>;
	secrets: Readonly<Record<string, string>>;
}

/** What has set off a run. */
export interface Trigger {
	sha: string;
	pullRequest?: number;
	inputs?: Readonly<Record<string, Value>>;
	/** Default: those of the machine. */
	secrets?: Readonly<Record<string, string>>;
	/** What the machine's environment holds for this run alone. */
	env?: Readonly<Record<string, string>>;
	interruption?: Interruption;
}

export interface Ran {
	/** `skipped` for a job whose condition did not hold. */
	jobs: Record<string, Status | "skipped">;
	/** The scripts that ran, in order. */
	steps: ({ name: string } & Ended)[];
	/** Uploaded files, by name. */
	artifacts: Record<string, string>;
	summary: string;
}

/** A job at work. */
interface Work {
	machine: Machine;
	trigger: Trigger;
	ran: Ran;
	/** The fresh machine that it works on. */
	place: string;
	workspace: string;
	/** What is kept for later runs when it ends well, by where it lies. */
	toKeep: Map<string, string>;
}

const NO_INPUTS = { unlock: null, refresh: null };
const VARS = { HEYGEN_MAX_USD: null };
let runs = 0;

/** Runs a workflow's jobs one after the other, each on a fresh machine, as far as these workflows need it. */
export async function runWorkflow(workflow: Workflow, machine: Machine, trigger: Trigger): Promise<Ran> {
	const ran: Ran = { jobs: {}, steps: [], artifacts: {}, summary: "" };
	const id = ++runs;
	let needs: Contexts = {};
	for (const [name, job] of Object.entries(workflow.jobs)) {
		const contexts = {
			github: {
				sha: trigger.sha,
				run_id: id,
				run_attempt: 1,
				token: tokenOf(job.permissions ?? workflow.permissions),
				event: { pull_request: { number: trigger.pullRequest ?? null } },
			},
			secrets: trigger.secrets ?? machine.secrets,
			vars: VARS,
			inputs: { ...NO_INPUTS, ...trigger.inputs },
			needs,
		};
		const failed = Object.values(ran.jobs).some((result) => result !== "success");
		if (holds(job.if, contexts, failed ? "failure" : "success")) {
			const place = join(machine.folder, `run-${id}-${name}`);
			await mkdir(place);
			const work = { machine, trigger, ran, place, workspace: join(place, "workspace"), toKeep: new Map() };
			const { status, outputs } = await runJob(job, contexts, work);
			ran.jobs[name] = status;
			needs = { ...needs, [name]: { outputs } };
		} else {
			ran.jobs[name] = "skipped";
		}
	}
	return ran;
}

async function runJob(job: Job, given: Contexts, work: Work): Promise<{ status: Status; outputs: Contexts }> {
	let steps: Contexts = Object.fromEntries(
		job.steps.flatMap(({ id }) => (id ? [[id, { outputs: {} }]] : [])),
	);
	let status: Status = "success";
	for (const step of job.steps) {
		const contexts = { ...given, steps };
		if (!holds(step.if, contexts, status)) continue;
		const env = valuesOf({ ...job.env, ...step.env }, contexts);
		const { code, outputs } = await runStep(step, contexts, env, work);
		if (code !== 0) status = "failure";
		if (step.id !== undefined) steps = { ...steps, [step.id]: { outputs } };
	}
	if (status === "success") for (const [path, cache] of work.toKeep) await copyIfThere(path, cache);
	return { status, outputs: valuesOf(job.outputs ?? {}, { ...given, steps }) };
}

const valuesOf = (texts: Record<string, string>, contexts: Contexts) =>
	Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(text, contexts)]));

async function runStep(step: Step, contexts: Contexts, env: Record<string, string>, work: Work) {
	const { machine, trigger, ran, place, workspace } = work;
	if (step.run === undefined) return { code: 0, outputs: await act(step, contexts, work) };
	if (step.run === "npm ci") {
		await symlink(machine.packages, join(workspace, "node_modules"));
		return { code: 0, outputs: {} };
	}
	assert.doesNotMatch(step.run, /\$\{\{/, "an expression in a script could bring in code; use env");
	const [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY] = [join(place, "output"), join(place, "summary")];
	const script = join(place, "step.sh");
	const files = { [GITHUB_OUTPUT]: "", [GITHUB_STEP_SUMMARY]: "", [script]: step.run };
	for (const [file, text] of Object.entries(files)) await writeFile(file, text);

	const given = { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE: workspace };
	const where = { cwd: workspace, env: { ...machine.env, ...trigger.env, ...given, ...env } };
	const { interruption } = trigger;
	const ended = await runScript(script, where, interruption?.step === step.name ? interruption : undefined);
	ran.steps.push({ name: step.name ?? "", ...ended });
	ran.summary += await readFile(GITHUB_STEP_SUMMARY, "utf8");
	return { code: ended.code, outputs: pairsIn(await readFile(GITHUB_OUTPUT, "utf8")) };
}

/** What the actions do that the workflows use; another one, or another version, is refused. */
async function act(step: Step, contexts: Contexts, work: Work): Promise<Contexts> {
	const { machine, trigger, ran, workspace, toKeep } = work;
	const text = (name: string) => filled(String(step.with?.[name] ?? ""), contexts);
	const path = join(workspace, text("path"));
	const cache = join(machine.folder, "cache");
	switch (step.uses) {
		case "actions/checkout@v6":
			assert.equal(step.with?.["persist-credentials"], false);
			await machine.repository.checkOut(text("ref") || trigger.sha, workspace);
			return {};
		case "actions/setup-node@v6":
		case "pulumi/actions@v6":
			return {};
		case "actions/cache@v5":
			toKeep.set(path, cache);
			await copyIfThere(cache, path);
			return {};
		case "actions/cache/restore@v5":
			await copyIfThere(cache, path);
			return {};
		case "actions/upload-artifact@v7":
			ran.artifacts[text("path")] = await readFile(path, "utf8");
			return { "artifact-url": `https://github.example/artifacts/${text("path")}` };
		default:
			throw new Error(`the test does not know the action ${step.uses}`);
	}
}

function pairsIn(text: string): Contexts {
	const lines = text.split("\n").filter((line) => line !== "");
	return Object.fromEntries(
		lines.map((line) => {
			const at = line.indexOf("=");
			assert.ok(at > 0, `"${line}" is no output`);
			return [line.slice(0, at), line.slice(at + 1)];
		}),
	);
}

async function copyIfThere(from: string, to: string): Promise<void> {
	try {
		await cp(from, to, { recursive: true, preserveTimestamps: true });
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
	}
}
