/** Stacks of the same size for a bench: videos from spec files, and resources that do nothing. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EMULATOR_LOOKS } from "../emulator/looks.ts";
import { type Outcome, run } from "../scripts/childProcess.ts";
import { ensureEngine } from "../scripts/engine/index.ts";
import type { Project } from "../test/engine/support/project.ts";

const CITIES = ["Lisbon", "Oslo", "Rome"];

/** Videos of one spec. */
export const VIDEOS_OF_A_SPEC = CITIES.length;

/** Long enough for a stack of thousands of resources on a busy machine. */
const RUN_SECONDS = 1_800;

const promptOf = (at: number, city: string) =>
	`A baker carries tray ${at} through a bright kitchen in ${city}; slow push-in. She sets it down beside the ` +
	"window, looks up and smiles. Behind her the street wakes up.";

const spec = (at: number) => `extends: ../house.yaml
prompt: "${promptOf(at, "{{city}}")}"
matrix:
  city: [${CITIES.join(", ")}]
`;

/** The file that all specs extend. */
export const writeStyle = ({ folder }: Project, light: string) =>
	writeFile(
		join(folder, "house.yaml"),
		`avatarIds: [${EMULATOR_LOOKS.studioDesk}]\nduration: 4\npromptSuffix: ${light}.\n`,
	);

/** A set of `specs` spec files with three videos each, which extend one file. */
export async function writeVideos(project: Project, specs: number): Promise<void> {
	const folder = join(project.folder, "videos");
	await mkdir(folder);
	await writeStyle(project, "Warm light");
	for (let at = 0; at < specs; at++) await writeFile(join(folder, `video${at}.video.yaml`), spec(at));
	await project.write(`new heygen.VideoSet("bench", { specs: "videos" });`);
}

/** Dynamic resources of the SDK's own with a provider that has nothing but a create, and no input. */
export const writeNothing = ({ folder }: Project, count: number) =>
	writeProgram(
		folder,
		`const provider = { async create() { return { id: "1", outs: {} }; } };
		class Nothing extends pulumi.dynamic.Resource {
			constructor(name) {
				super(provider, name, {});
			}
		}
		for (let at = 0; at < ${count}; at++) new Nothing("nothing-" + at);`,
	);

/** The same with the inputs that the videos have, kept in the state as theirs are, below a component. */
export async function writeNothingWithInputs({ folder }: Project, specs: number): Promise<void> {
	const videos = Array.from({ length: specs }, (_, at) =>
		CITIES.map((city) => ({
			name: `bench-video${at}-${city}`,
			inputs: {
				prompt: `${promptOf(at, city)} Warm light.`,
				avatarIds: [EMULATOR_LOOKS.studioDesk],
				duration: 4,
			},
		})),
	).flat();
	await writeFile(join(folder, "videos.json"), JSON.stringify(videos));
	await writeProgram(
		folder,
		`const provider = {
			async check(olds, news) { return { inputs: news, failures: [] }; },
			async diff() { return { changes: false }; },
			async create(inputs) { return { id: "1", outs: inputs }; },
		};
		class Nothing extends pulumi.dynamic.Resource {
			constructor(name, inputs, options) {
				super(provider, name, inputs, options);
			}
		}
		const parent = new pulumi.ComponentResource("bench:index:Set", "bench");
		for (const { name, inputs } of require("./videos.json")) new Nothing(name, inputs, { parent });`,
	);
}

const writeProgram = (folder: string, body: string) =>
	writeFile(join(folder, "index.js"), `const pulumi = require("@pulumi/pulumi");\n${body}\n`);

/** Runs the CLI; throws with what it told when it does not end well. */
export async function pulumi(project: Project, ...args: string[]): Promise<Outcome> {
	const outcome = await tryPulumi(project, ...args);
	if (outcome.code !== 0) throw new Error(`${outcome.stdout}${outcome.stderr}${outcome.problem ?? ""}`);
	return outcome;
}

/** Runs the CLI, whatever the outcome. */
export async function tryPulumi({ folder, environment }: Project, ...args: string[]): Promise<Outcome> {
	const { pulumi: cli } = await ensureEngine();
	const all = [...args, "--non-interactive", "--color", "never"];
	return run(cli, all, { cwd: folder, env: environment, timeoutSeconds: RUN_SECONDS });
}
