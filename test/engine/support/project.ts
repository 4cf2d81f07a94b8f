import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Outcome, run } from "../../../scripts/childProcess.ts";
import { type Engine, ensureEngine } from "../../../scripts/engine/index.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const URN_NAME = /::([^:]+)$/;
let engine: Promise<Engine> | undefined;

export interface Ran extends Outcome {
	/** All that the user saw. */
	text: string;
}

export interface StateResource {
	urn: string;
	type: string;
	id?: string;
	inputs: Record<string, unknown>;
	outputs: Record<string, unknown>;
	initErrors?: string[];
	delete?: boolean;
}

/** A Pulumi project of a user's in a folder of its own, run by the real engine. */
export interface Project {
	folder: string;
	/** The environment of the runs; change it to change the key or a setting. */
	environment: Record<string, string>;
	/** Writes the program; `body` sees `pulumi` and `heygen`. */
	write(body: string): Promise<void>;
	/** Runs the CLI without a terminal, whatever the outcome. */
	pulumi(...args: string[]): Promise<Ran>;
	/** `pulumi up` without its preview; fails the test when the run fails. */
	up(...args: string[]): Promise<Ran>;
	/** `pulumi up` that must fail. */
	upFails(...args: string[]): Promise<Ran>;
	/** What the stack holds, without the stack and the provider themselves. Flags are those of `stack export`. */
	resources(...flags: string[]): Promise<StateResource[]>;
	/** The resource of this name; fails the test when there is none, or more than one. */
	named(name: string, ...flags: string[]): Promise<StateResource & { id: string }>;
	/** The resource of this name, by default the one of `oneVideo`. */
	video(name?: string, ...flags: string[]): Promise<StateResource & { id: string }>;
	/** The exported state as the backend keeps it. */
	rawState(...flags: string[]): Promise<string>;
	remove(): Promise<void>;
}

/** A program of a user's for one video. */
export const oneVideo = (args: object, options: object = {}, name = "hero") =>
	`exports.id = new heygen.AvatarShotsVideo(${JSON.stringify(name)}, ${JSON.stringify(args)}, ${JSON.stringify(options)}).id;`;

/** Where a project finds HeyGen. */
export interface Reached {
	url: string;
	apiKey: string;
}

/** A new project with an empty stack `dev`, in a temporary folder. */
export async function createProject(heygen: Reached): Promise<Project> {
	const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	await mkdir(join(folder, "backend"));
	await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
	await writeFile(join(folder, "package.json"), '{ "name": "shop", "main": "index.js" }\n');
	const options = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
	await writeFile(join(folder, "Pulumi.yaml"), `name: shop\n${options}`);
	const project = await openProject(folder, heygen);
	const made = await project.pulumi("stack", "init", "dev");
	assert.equal(made.code, 0, made.text);
	return project;
}

/** The project that `createProject` made in a folder, or a copy of that folder. */
export async function openProject(folder: string, heygen: Reached): Promise<Project> {
	engine ??= ensureEngine();
	const { pulumi, path } = await engine;
	const environment: Record<string, string> = {
		...systemEnvironment(),
		PATH: path,
		PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
		PULUMI_HOME: join(folder, "home"),
		PULUMI_CONFIG_PASSPHRASE: "",
		PULUMI_SKIP_UPDATE_CHECK: "1",
		PULUMI_STACK: "dev",
		NODE_COMPILE_CACHE: join(tmpdir(), "pulumi-heygen-compile-cache"),
		HEYGEN_BASE_URL: heygen.url,
		HEYGEN_API_KEY: heygen.apiKey,
	};
	const project: Project = {
		folder,
		environment,

		write: (body) =>
			writeFile(
				join(folder, "index.js"),
				`const pulumi = require("@pulumi/pulumi");\nconst heygen = require("pulumi-heygen");\n${body}\n`,
			),

		async pulumi(...args) {
			const all = [...args, "--non-interactive", "--color", "never"];
			const outcome = await run(pulumi, all, { cwd: folder, env: environment, timeoutSeconds: 150 });
			const text = `${outcome.stdout}${outcome.stderr}${outcome.problem ?? ""}`;
			return { ...outcome, text };
		},

		async up(...args) {
			const ran = await project.pulumi("up", "--yes", "--skip-preview", ...args);
			assert.equal(ran.code, 0, ran.text);
			return ran;
		},

		async upFails(...args) {
			const ran = await project.pulumi("up", "--yes", "--skip-preview", ...args);
			assert.ok(ran.code !== 0 && ran.problem === undefined, ran.text);
			return ran;
		},

		async resources(...flags) {
			const { deployment } = JSON.parse(await project.rawState(...flags));
			const all: StateResource[] = deployment.resources ?? [];
			return all.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
		},

		async named(name, ...flags) {
			const named = (await project.resources(...flags)).filter(({ urn }) => URN_NAME.exec(urn)?.[1] === name);
			const [only] = named;
			assert.ok(only?.id !== undefined && named.length === 1, `${named.length} resources are called ${name}`);
			return { ...only, id: only.id };
		},

		video: (name = "hero", ...flags) => project.named(name, ...flags),

		async rawState(...flags) {
			const file = join(folder, "state.json");
			const ran = await project.pulumi("stack", "export", "--file", file, ...flags);
			assert.equal(ran.code, 0, ran.text);
			return readFile(file, "utf8");
		},

		remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
	};

	return project;
}

/** The environment of these tests, without what a developer may have set for Pulumi or HeyGen. */
function systemEnvironment(): Record<string, string> {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			(entry): entry is [string, string] => entry[1] !== undefined && !/^(PULUMI|HEYGEN|npm_)/.test(entry[0]),
		),
	);
}
