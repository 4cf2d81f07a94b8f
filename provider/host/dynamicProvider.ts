import type { dynamic } from "@pulumi/pulumi";
import { type Lifecycle, Unfinished, type Values } from "../lifecycle.ts";
import { checkFailures, cleanError, initError } from "./failures.ts";
import type { Run } from "./run.ts";
import { open, sealInputs, sealState } from "./values.ts";

/** Drives a lifecycle under the engine's dynamic provider: the only place that knows how that one speaks. */
export function dynamicProvider<State extends Values>(
	lifecycle: Lifecycle<State>,
	run: Run,
): dynamic.ResourceProvider<Values, Values> {
	const seal = (state: State) => sealState(state, lifecycle.secrets);
	const contextOf = (urn: string | undefined) => run.context(urn ?? "");

	async function clean<T>(work: () => Promise<T>, properties: Values): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw error instanceof Unfinished
				? initError(error, properties, seal, run.secrets())
				: cleanError(error, run.secrets());
		}
	}

	return {
		configure: async ({ config }) => run.configure((key) => config.get(key)),

		check: (olds, news) =>
			clean(async () => {
				const { urn, values } = open(news);
				const old = Object.keys(olds).length === 0 ? undefined : open(olds).values;
				const { inputs, problems } = await lifecycle.check(values, old, contextOf(urn));
				return { inputs: sealInputs(inputs, news), failures: checkFailures(problems) };
			}, news),

		diff: (id, olds, news) =>
			clean(async () => {
				const { urn, values } = open(news);
				const state = open(olds).values;
				const { changed, replaces } = await lifecycle.diff(id, state, values, contextOf(urn));
				return { changes: changed, replaces };
			}, news),

		create: (inputs) =>
			clean(async () => {
				const { urn, values } = open(inputs);
				const { id, state } = await lifecycle.create(values, contextOf(urn));
				return { id, outs: seal(state) };
			}, inputs),

		read: (id, properties = {}) =>
			clean(async () => {
				const { urn, values } = open(properties);
				const found = await lifecycle.read(id, values, contextOf(urn));
				return found === undefined ? {} : { id, props: seal(found.state) };
			}, properties),

		update: (id, olds, news) =>
			clean(async () => {
				const { urn, values } = open(news);
				return { outs: seal(await lifecycle.update(id, open(olds).values, values, contextOf(urn))) };
			}, news),

		delete: (id, properties) =>
			clean(async () => {
				const { urn, values } = open(properties);
				await lifecycle.delete(id, values, contextOf(urn));
			}, properties),
	};
}
