import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator/index.ts";
import { createProject, openProject, type Project } from "../test/engine/support/project.ts";
import { pngOf } from "../test/support/samples.ts";
import { STAGE_PROGRAMS, type Stage } from "./changes.ts";

/** The key that no output and no file of a run may hold. */
export const API_KEY = "sk_V2_held_by_the_campaign_alone";

const EMULATOR: EmulatorOptions = {
	accounts: [{ apiKey: API_KEY, username: "marketing", balanceUsd: 100_000 }],
	renderSeconds: 1.2,
	queueSeconds: 0.3,
};

/** A stack and the service it is made at, in folders of their own. */
export interface Scene {
	folder: string;
	project: Project;
	emulator: Emulator;
	/** Ends the service and starts it again on its data, under the same address. */
	restart(): Promise<void>;
	end(): Promise<void>;
}

/** Makes each stage once, and copies of it for the cells. */
export async function createStages() {
	const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-chaos-"));
	const made = new Map<Stage, Promise<string>>();

	function stageFolder(stage: Stage): Promise<string> {
		let at = made.get(stage);
		if (at === undefined) {
			at = makeStage(stage, join(folder, stage));
			made.set(stage, at);
		}
		return at;
	}

	return {
		/** A copy of a stage, below `parent` where that is given. */
		async copy(stage: Stage, parent = tmpdir()): Promise<Scene> {
			const from = await stageFolder(stage);
			const at = await mkdtemp(join(parent, "pulumi-heygen-cell-"));
			await cp(join(from, "project"), join(at, "project"), { recursive: true, verbatimSymlinks: true });
			const data = await mkdtemp(join(tmpdir(), "pulumi-heygen-service-"));
			await cp(join(from, "data"), data, { recursive: true });
			return openScene(at, data);
		},
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

async function openScene(folder: string, data: string): Promise<Scene> {
	const emulator = await startEmulator({ ...EMULATOR, data });
	const port = Number(new URL(emulator.url).port);
	const scene: Scene = {
		folder,
		emulator,
		project: await openProject(join(folder, "project"), emulator),
		async restart() {
			await scene.emulator.close();
			scene.emulator = await startEmulator({ ...EMULATOR, data, port });
		},
		async end() {
			await scene.emulator.close();
			await rm(data, { recursive: true, force: true });
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
	return scene;
}

async function makeStage(stage: Stage, at: string): Promise<string> {
	const emulator = await startEmulator({ ...EMULATOR, data: join(at, "data") });
	const project = await createProject(emulator);
	await mkdir(join(project.folder, "brand", "moved"), { recursive: true });
	await writeFile(join(project.folder, "brand", "one.png"), pngOf(400, 1));
	await writeFile(join(project.folder, "brand", "moved", "one.png"), pngOf(400, 1));
	await writeFile(join(project.folder, "brand", "two.png"), pngOf(400, 2));
	await project.write(STAGE_PROGRAMS[stage]);
	await prepare(stage, project, emulator);
	await emulator.close();
	await cp(project.folder, join(at, "project"), { recursive: true, verbatimSymlinks: true });
	await project.remove();
	return at;
}

async function prepare(stage: Stage, project: Project, { control }: Emulator): Promise<void> {
	if (stage === "empty") return;
	if (stage === "failed") {
		control.failNextRender({ code: "rendering_failed", message: "The camera fell over" });
		await project.upFails();
		// Whether a failed video is this submit's or an earlier one's is told by the time between them.
		control.clock.advance(60);
		return;
	}
	if (stage === "unfinished") {
		control.settings.renderSeconds = 300;
		await project.upFails();
		control.clock.advance(295);
		return;
	}
	await project.up();
	if (stage !== "deleted") return;
	const { id } = await project.video();
	const gone = await fetch(`${project.environment["HEYGEN_BASE_URL"]}/v3/videos/${id}`, {
		method: "DELETE",
		headers: { "x-api-key": API_KEY },
	});
	if (!gone.ok) throw new Error(`The stage's video could not be deleted: HTTP ${gone.status}`);
	const refreshed = await project.pulumi("refresh", "--yes", "--skip-preview");
	if (refreshed.code !== 0) throw new Error(refreshed.text);
}
