import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import { EMULATOR_LOOKS } from "../../../emulator/looks.ts";
import { createProject, type Project } from "./project.ts";

/** A video that is rendered in no time. */
export const VIDEO = {
	prompt: "A baker carries a tray through a bright kitchen; slow push-in.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
};

export interface Scenario {
	project: Project;
	emulator: Emulator;
}

/**
 * A fresh emulator and a fresh stack before each test of the block, both gone after it, also when it fails. Renders take
 * no longer than the first look at them.
 */
export function scenario(options: EmulatorOptions = {}): Scenario {
	const scene = {} as Scenario;
	beforeEach(async function () {
		this.timeout(120_000);
		scene.emulator = await startEmulator({ renderSeconds: 0.4, queueSeconds: 0.2, ...options });
		scene.project = await createProject(scene.emulator);
	});
	afterEach(async function () {
		this.timeout(60_000);
		await scene.emulator?.close();
		await scene.project?.remove();
	});
	return scene;
}
