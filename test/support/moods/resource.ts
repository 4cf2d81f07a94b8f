import assert from "node:assert/strict";
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../../emulator/index.ts";
import { sealState } from "../../../provider/host/values.ts";
import { type Lifecycle, type Saved, Unfinished, type Values } from "../../../provider/lifecycle.ts";
import { quickClock } from "../clock.ts";
import { testContext } from "../context.ts";
import type { Change } from "../rewriting.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type MoodyService, moodyService } from "./moodyService.ts";

export interface Scene {
	emulator: Emulator;
	service: MoodyService;
}

/** Lives through the moods of many seeds, each with a service of its own; fast-check names the seed that fails. */
export const inAllMoods = (
	mood: (chance: Chance) => Change,
	numRuns: number,
	life: (scene: Scene) => Promise<void>,
) =>
	fc.assert(
		fc.asyncProperty(fc.noShrink(fc.noBias(fc.integer())), async (seed) => {
			const emulator = await startEmulator({ renderSeconds: 0.03, queueSeconds: 0.01 });
			try {
				const chance = chanceOf(seed);
				const service = await moodyService(emulator.url, chance, mood(chance));
				try {
					await life({ emulator, service });
				} finally {
					await service.close();
				}
			} finally {
				await emulator.close();
			}
		}),
		{ numRuns },
	);

/** One resource of a stack, led by the engine's rules; each of its steps is a run of its own. */
export interface Resource {
	/** `pulumi up`: nothing, a first create, a change in place or a replacement. Keeps what an error says was made. */
	up(inputs: Values): Promise<Saved<Values>>;
	/** `pulumi refresh`; fails the test when the resource is gone. */
	refresh(): Promise<Saved<Values>>;
	/** `pulumi destroy`. */
	destroy(): Promise<void>;
}

export function resource<State extends Values>(
	lifecycleOf: () => Lifecycle<State>,
	type: string,
	{ emulator, service }: Scene,
): Resource {
	const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:${type}::hero`;
	const run = () => testContext({ urn, baseUrl: service.url, apiKey: emulator.apiKey, clock: quickClock() });
	let inputs: Values | undefined;
	let now: Saved<Values> | undefined;
	/** Replaced ones that could not be deleted: the engine tries again with the next run. */
	const left: Saved<Values>[] = [];

	const there = (): Saved<Values> => now ?? assert.fail("there is none");
	function keep({ id, state }: Saved<Values>): Saved<Values> {
		const kept = JSON.stringify(sealState(state));
		assert.doesNotMatch(kept, /\\ud[89a-f]/, "half a character is in the state");
		const plain = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
		assert.deepEqual(plain, JSON.parse(JSON.stringify(state)));
		now = { id, state };
		return now;
	}
	async function kept(work: () => Promise<Saved<Values>>): Promise<Saved<Values>> {
		try {
			return keep(await work());
		} catch (error) {
			if (error instanceof Unfinished) keep(error.saved);
			throw error;
		}
	}
	async function deleteLeft(lifecycle: Lifecycle<State>, context: ReturnType<typeof run>) {
		for (let old = left[0]; old !== undefined; left.shift(), old = left[0]) {
			await lifecycle.delete(old.id, old.state, context);
		}
	}

	return {
		async up(given) {
			const context = run();
			const lifecycle = lifecycleOf();
			const checked = await lifecycle.check(given, inputs, context);
			assert.deepEqual(checked.problems, []);
			const next = checked.inputs;
			const create = () => lifecycle.create(next, context);
			if (now === undefined) {
				inputs = next;
				return kept(create);
			}
			const old = now;
			const { changed, replaces } = await lifecycle.diff(old.id, old.state, next, context);
			if (changed && replaces.length > 0) {
				await kept(create);
				left.push(old);
			} else if (changed) {
				await kept(async () => ({
					id: old.id,
					state: await lifecycle.update(old.id, old.state, next, context),
				}));
			}
			inputs = next;
			await deleteLeft(lifecycle, context);
			return there();
		},
		async refresh() {
			const { id, state } = there();
			return keep((await lifecycleOf().read(id, state, run())) ?? assert.fail("it is gone"));
		},
		async destroy() {
			await deleteLeft(lifecycleOf(), run());
			const { id, state } = there();
			await lifecycleOf().delete(id, state, run());
			now = undefined;
		},
	};
}
