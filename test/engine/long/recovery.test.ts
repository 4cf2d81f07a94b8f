import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../../scripts/childProcess.ts";
import { ensureEngine } from "../../../scripts/engine/index.ts";
import { startUp, until } from "../support/processes.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));

/** The commands under each heading of the page on recovery, as they stand there. */
function commandsOnPage(): Map<string, string> {
	const text = readFileSync(join(root, "docs", "recovery.md"), "utf8");
	const sections = text.split(/^## /m).slice(1);
	return new Map(
		sections.map((section) => {
			const [heading = ""] = section.split("\n");
			return [heading, /^```sh\n(.*?)^```$/ms.exec(section)?.[1] ?? ""];
		}),
	);
}

describe("the page on recovery", function () {
	this.timeout(240_000);
	const scene = scenario({
		accounts: [
			{ apiKey: "emulator-key", username: "marketing" },
			{ apiKey: "other-key", username: "sales" },
		],
	});
	const sections = commandsOnPage();
	const tried = new Set<string>();
	const paid = () => scene.emulator.control.paidRenders();
	const render = (seconds: number) => {
		scene.emulator.control.settings.renderSeconds = seconds;
	};

	/** Runs the commands under a heading as a user pastes them into a shell; they must succeed. */
	async function follow(heading: string, variables: Record<string, string> = {}): Promise<string> {
		const commands = sections.get(heading);
		assert.ok(commands, `the page has no commands under "${heading}"`);
		tried.add(heading);
		const { folder, environment } = scene.project;
		const { pulumi } = await ensureEngine();
		const env = { ...environment, ...variables, PATH: `${dirname(pulumi)}:${environment["PATH"]}` };
		const ran = await run("bash", ["-e", "-c", commands], { cwd: folder, env, timeoutSeconds: 150 });
		assert.equal(ran.code, 0, `${ran.stdout}${ran.stderr}`);
		return `${ran.stdout}${ran.stderr}`;
	}

	async function killed(): Promise<void> {
		render(3600);
		await scene.project.write(oneVideo(VIDEO));
		const cli = await startUp(scene.project);
		await until(() => paid() === 1);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		scene.emulator.control.clock.advance(3600);
	}

	async function unfinished(): Promise<void> {
		render(3600);
		await scene.project.write(oneVideo({ ...VIDEO, wait: { timeout: "1s" } }));
		await scene.project.upFails();
		scene.emulator.control.clock.advance(3600);
	}

	const finished = async () => {
		const { id, outputs } = await scene.project.video();
		assert.deepEqual([outputs["status"], paid()], ["completed", 1]);
		return id;
	};

	it("takes over what a run that was cancelled twice has submitted", async () => {
		render(3600);
		await scene.project.write(oneVideo(VIDEO));
		const cli = await startUp(scene.project);
		await until(() => paid() === 1);
		cli.kill("SIGINT");
		await new Promise((resolve) => setTimeout(resolve, 500));
		cli.kill("SIGINT");
		await once(cli, "exit");
		scene.emulator.control.clock.advance(3600);
		assert.match(await follow("The run was cancelled, or killed"), /Took over the finished video/);
		await finished();
	});

	it("unlocks the stack of a killed run", async () => {
		await killed();
		assert.match((await scene.project.upFails()).text, /currently locked/);
		await follow('"the stack is currently locked"');
		await finished();
	});

	it("reads the state again whose note a killed run has left empty", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const STATE_FOLDER = join(project.folder, "backend");
		truncateSync(join(STATE_FOLDER, ".pulumi", "stacks", "shop", "dev.json.attrs"));
		assert.match((await project.upFails()).text, /failed to load checkpoint: EOF/);
		await follow('"failed to load checkpoint: EOF"', { STATE_FOLDER, PROJECT: "shop", STACK: "dev" });
		await finished();
	});

	it("goes on from the copy of a state that a full disk has cut, and pays for nothing again", async () => {
		const { project } = scene;
		await project.write("");
		await project.up();
		await project.write(oneVideo(VIDEO));
		await project.up();
		const STATE_FOLDER = join(project.folder, "backend");
		truncateSync(join(STATE_FOLDER, ".pulumi", "stacks", "shop", "dev.json"), 500);
		const heading = '"failed to load checkpoint: … unexpected end of JSON input"';
		assert.match((await project.upFails()).text, /failed to load checkpoint: .*unexpected end of JSON input/);
		await follow(heading, { STATE_FOLDER, PROJECT: "shop", STACK: "dev" });
		await finished();
	});

	it("makes a stack anew whose every copy a full disk has cut, and pays for nothing again", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();
		const STATE_FOLDER = join(project.folder, "backend");
		for (const name of ["dev.json", "dev.json.bak"]) {
			truncateSync(join(STATE_FOLDER, ".pulumi", "stacks", "shop", name));
		}
		assert.match((await project.upFails()).text, /failed to load checkpoint: .*unexpected end of JSON input/);
		const variables = { STATE_FOLDER, PROJECT: "shop", STACK: "dev" };
		await follow('"failed to load checkpoint: …", and no copy is whole', variables);
		assert.equal(await finished(), id);
	});

	it("takes away the empty lock of a run that was started while the disk was full", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		const locks = join(project.folder, "backend", ".pulumi", "locks", "organization", "shop", "dev");
		mkdirSync(locks, { recursive: true });
		writeFileSync(join(locks, "0d6c2f0e-30a5-4d58-a2a4-27cdb3f0a6c1.json.18eb122ee838c1df.tmp"), "");
		assert.match((await project.upFails()).text, /unexpected end of JSON input/);
		await follow('"unexpected end of JSON input"');
		await finished();
	});

	it("takes the notes of interrupted creates away, after their renders were taken over", async () => {
		await killed();
		await scene.project.pulumi("cancel", "--yes");
		const heading = '"Attempting to deploy or update resources with … pending operations"';
		assert.match(await follow(heading), /pending operations/);
		await finished();
		assert.doesNotMatch((await scene.project.up()).text, /pending operations/);
	});

	it("goes on with a render that took longer than its time", async () => {
		await unfinished();
		await follow('"Video … is submitted, but not finished after …"');
		await finished();
	});

	it("shows what a video that was deleted at HeyGen costs, before it is rendered anew", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();
		const headers = { "x-api-key": emulator.apiKey };
		await fetch(`${emulator.url}/v3/videos/${id}`, { method: "DELETE", headers });
		assert.match(await follow("A video was deleted at HeyGen"), /1 to create/);
		assert.deepEqual([(await project.video()).outputs["status"], paid()], ["completed", 2]);
	});

	it("goes on with the right key", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		project.environment["HEYGEN_API_KEY"] = "other-key";
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker rests." }));
		assert.match((await project.upFails()).text, /belongs to the HeyGen account "marketing"/);
		await follow('"… belongs to the HeyGen account …, but the API key is of …"', {
			RIGHT_KEY: "emulator-key",
		});
		assert.equal(paid(), 2);
	});

	it("finds a paid video that no stack holds, which adoptVideoId takes over", async () => {
		const { project } = scene;
		await killed();
		await project.pulumi("cancel", "--yes");
		const listed = await follow("A paid video that no stack holds");
		const [, orphan = ""] = /"id":\s*"([0-9a-f]{32})"/.exec(listed) ?? [];
		await project.write(oneVideo({ ...VIDEO, adoptVideoId: orphan }));
		await project.up();
		assert.equal(await finished(), orphan);
	});

	it("gives a video up without deleting it", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		await follow("To give a video up without deleting it", { URN: (await project.video()).urn });
		assert.deepEqual([await project.resources(), emulator.control.videos()[0]?.deleted], [[], false]);
	});

	it("has no command that was not run here", () => {
		const withCommands = [...sections].filter(([, commands]) => commands !== "").map(([heading]) => heading);
		assert.deepEqual([...tried].sort(), withCommands.sort());
	});
});
