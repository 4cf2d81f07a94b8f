import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import { EMULATOR_LOOKS } from "../../../emulator/looks.ts";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import type { Values } from "../../../provider/lifecycle.ts";
import { quickClock } from "../../support/clock.ts";
import { type TestContext, type TestContextOptions, testContext } from "../../support/context.ts";

export const VIDEO = {
	prompt: "A baker carries a tray through a bright kitchen.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
};

export interface Scene {
	emulator: Emulator;
	/** A run of its own, or another resource of one, against the emulator; its seconds pass quickly. */
	run(options?: TestContextOptions): TestContext;
	/** The ids of what was not deleted. */
	alive(): string[];
	paid(): number;
}

/** A fresh emulator before each test of the block, gone after it. */
export function scene(options: EmulatorOptions = {}): Scene {
	const made = {
		run: ({ sameRunAs, ...more } = {}) =>
			testContext({
				baseUrl: made.emulator.url,
				apiKey: made.emulator.apiKey,
				clock: sameRunAs?.clock ?? quickClock(),
				...(sameRunAs ? { sameRunAs } : {}),
				...more,
			}),
		alive: () => made.emulator.control.videos().flatMap(({ id, deleted }) => (deleted ? [] : [id])),
		paid: () => made.emulator.control.paidRenders(),
	} as Scene;
	beforeEach(async () => {
		made.emulator = await startEmulator({ renderSeconds: 0.02, queueSeconds: 0.01, ...options });
	});
	afterEach(() => made.emulator?.close());
	return made;
}

/** What `check` makes of a user's inputs. */
export const checked = (inputs: Values, context: TestContext, olds?: Values): Values =>
	checkWith(undefined, inputs, olds, context).inputs;

/** A first create, as the engine calls for it. */
export const made = (context: TestContext, inputs: Values = VIDEO) =>
	create(checked(inputs, context), context);
