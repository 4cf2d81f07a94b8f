import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startEmulator } from "../../emulator/index.ts";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { run } from "../../scripts/childProcess.ts";
import { type Engine, ensureEngine } from "../../scripts/engine/index.ts";
import { type Project, projects } from "./projects.ts";

const root = join(import.meta.dirname, "..", "..");
const MINUTE = 60_000;

describe("the packed package", () => {
	let folder: string;
	let tarball: string;
	let engine: Engine;
	let emulator: Awaited<ReturnType<typeof startEmulator>>;

	before(async function () {
		this.timeout(5 * MINUTE);
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-packed-"));
		engine = await ensureEngine();
		emulator = await startEmulator({ renderSeconds: 1, queueSeconds: 0 });
		await succeed("npm", ["pack", "--silent", "--pack-destination", folder], root);
		const [name] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
		assert.ok(name !== undefined, "npm pack wrote no tarball");
		tarball = join(folder, name);
	});

	after(async () => {
		await emulator?.close();
		if (folder !== undefined) await rm(folder, { recursive: true, force: true });
	});

	/** Runs a program in the environment of a user's project and gives back what it wrote, or fails with it. */
	const succeed = async (command: string, args: string[], cwd: string): Promise<string> => {
		const env = {
			...process.env,
			PATH: engine.path,
			HEYGEN_BASE_URL: emulator.url,
			HEYGEN_API_KEY: emulator.apiKey,
			PULUMI_BACKEND_URL: pathToFileURL(join(cwd, "state")).href,
			PULUMI_CONFIG_PASSPHRASE: "",
			PULUMI_HOME: join(folder, "home"),
			PULUMI_SKIP_UPDATE_CHECK: "1",
		};
		const { code, stdout, stderr, problem } = await run(command, args, { cwd, env, timeoutSeconds: 240 });
		assert.equal(code, 0, `${command} ${args.join(" ")}: ${problem ?? ""}\n${stdout}\n${stderr}`);
		return stdout;
	};

	const write = async (project: Project): Promise<string> => {
		const cwd = join(folder, project.folder);
		await mkdir(join(cwd, "state"), { recursive: true });
		const dependencies = { ...project.manifest.dependencies, "pulumi-heygen": pathToFileURL(tarball).href };
		const manifest = { name: project.folder, private: true, ...project.manifest, dependencies };
		await writeFile(join(cwd, "package.json"), JSON.stringify(manifest));
		await writeFile(join(cwd, "Pulumi.yaml"), `name: ${project.folder}\nruntime: nodejs\n`);
		if (project.tsconfig) await writeFile(join(cwd, "tsconfig.json"), JSON.stringify(project.tsconfig));
		await writeFile(join(cwd, project.program.file), project.program.text(EMULATOR_LOOKS.studioDesk));
		return cwd;
	};

	for (const project of projects) {
		it(`installs, type-checks and runs in ${project.what}`, async function () {
			this.timeout(6 * MINUTE);
			const cwd = await write(project);
			await succeed("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], cwd);
			if (project.tsconfig) await succeed("node", ["node_modules/typescript/bin/tsc", "--noEmit"], cwd);
			await succeed("pulumi", ["stack", "init", "test"], cwd);

			const paid = emulator.control.paidRenders();
			await succeed("pulumi", ["up", "--yes", "--non-interactive"], cwd);
			const outputs = JSON.parse(await succeed("pulumi", ["stack", "output", "--json"], cwd));
			assert.equal(outputs.status, "completed");
			assert.equal(emulator.control.paidRenders() - paid, 1);

			await succeed("pulumi", ["destroy", "--yes", "--non-interactive"], cwd);
			const answer = await fetch(`${emulator.url}/v3/videos/${outputs.video}`, {
				headers: { "x-api-key": emulator.apiKey },
			});
			assert.equal(answer.status, 404);
		});
	}
});
