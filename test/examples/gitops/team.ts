import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ControlVideo, type Emulator, startEmulator } from "../../../emulator/index.ts";
import { run } from "../../../scripts/childProcess.ts";
import { ensureEngine } from "../../../scripts/engine/index.ts";
import { type GitHub, startGitHub } from "./github.ts";
import { createRepository, linkPackages, type Repository } from "./repository.ts";
import { type Machine, type Ran, runWorkflow, type Trigger } from "./runner.ts";
import { readWorkflow } from "./workflow.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const workflows = join(root, "examples", "gitops", ".github", "workflows");
export const WORKFLOWS = ["pull-request.yml", "merge.yml", "drift.yml"] as const;
export type WorkflowFile = (typeof WORKFLOWS)[number];
export const pathOf = (file: WorkflowFile) => join(workflows, file);

const NAME = "team/launch-videos";
const KEY = "key-of-the-team";
const PASSPHRASE = "a passphrase of the team";

/** A team that has copied the example: its repository, GitHub, HeyGen, and all secrets set. */
export interface Team {
	folder: string;
	emulator: Emulator;
	github: GitHub;
	repository: Repository;
	machine: Machine;
	/** Runs a workflow; fails the test when anything that it shows holds a secret. */
	run(file: WorkflowFile, trigger: Trigger): Promise<Ran>;
	paid(): number;
	/** The videos that are there. */
	videos(): ControlVideo[];
	/** The locks of the stack. */
	locks(): Promise<string[]>;
	close(): Promise<void>;
}

/** Does once what the example's README has its reader do. */
export async function openTeam(): Promise<Team> {
	const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-gitops-"));
	const accounts = [{ apiKey: KEY, username: "marketing" }];
	const emulator = await startEmulator({ accounts, renderSeconds: 0.4, queueSeconds: 0.2 });
	const github = await startGitHub(NAME);
	const close = async () => {
		await emulator.close();
		await github.close();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const repository = await createRepository(join(folder, "editor"), join(folder, "remote"));
		const backend = join(folder, "backend");
		await mkdir(backend);
		const machine: Machine = {
			folder,
			repository,
			packages: join(folder, "installed", "node_modules"),
			env: {
				...(await systemEnvironment()),
				PULUMI_HOME: join(folder, "home"),
				HEYGEN_BASE_URL: emulator.url,
				GITHUB_API_URL: github.url,
				GITHUB_REPOSITORY: NAME,
			},
			secrets: {
				PULUMI_BACKEND_URL: pathToFileURL(backend).href,
				PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
				AWS_ACCESS_KEY_ID: "",
				AWS_SECRET_ACCESS_KEY: "",
				HEYGEN_API_KEY: KEY,
			},
		};
		await linkPackages(machine.packages);
		await initStack(machine);
		await repository.commit();
		return {
			folder,
			emulator,
			github,
			repository,
			machine,
			close,
			async run(file, trigger) {
				const ran = await runWorkflow(await readWorkflow(pathOf(file)), machine, trigger);
				const shown = JSON.stringify([ran, github.comments, github.issues]);
				for (const secret of [KEY, PASSPHRASE, "Signature="]) {
					assert.ok(!shown.includes(secret), `it shows ${secret}`);
				}
				return ran;
			},
			paid: () => emulator.control.paidRenders(),
			videos: () => emulator.control.videos().filter(({ deleted }) => !deleted),
			async locks() {
				const files = await readdir(join(backend, ".pulumi", "locks"), { recursive: true });
				return files.filter((file) => file.endsWith(".json"));
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function initStack({ repository, env, secrets }: Machine): Promise<void> {
	const how = { cwd: repository.folder, env: { ...env, ...secrets }, timeoutSeconds: 60 };
	const { code, stderr } = await run("pulumi", ["stack", "init", "prod"], how);
	assert.equal(code, 0, stderr);
}

/** This machine's environment, without what a developer may have set. */
async function systemEnvironment(): Promise<Record<string, string>> {
	const { path } = await ensureEngine();
	const system = Object.entries(process.env).filter(
		(entry): entry is [string, string] =>
			entry[1] !== undefined && !/^(PULUMI|HEYGEN|AWS|GITHUB|npm_)/.test(entry[0]),
	);
	return { ...Object.fromEntries(system), CI: "true", PATH: path, PULUMI_SKIP_UPDATE_CHECK: "1" };
}
