import type { dynamic } from "@pulumi/pulumi";
import { type Lifecycle, Unfinished, type Values } from "../lifecycle.ts";
import { checkFailures, cleanError, initError } from "./failures.ts";
import type { Run } from "./run.ts";
import { type Opened, open, sealInputs, sealState, urnIn } from "./values.ts";

/** Drives a lifecycle under the engine's dynamic provider: the only place that knows how that one speaks. */
export function dynamicProvider<State extends Values>(
	lifecycle: Lifecycle<State>,
	run: Run,
): dynamic.ResourceProvider<Values, Values> {
	const { secrets = [] } = lifecycle;
	const contextOf = (urn: string | undefined) => run.context(urn ?? "");

	/** From here on no message holds the secrets among these values. */
	function hide(values: Values): void {
		for (const name of secrets) {
			const value = values[name];
			if (typeof value === "string") run.hide(value);
		}
	}

	function opened(properties: Values): Opened {
		const taken = open(properties);
		hide(taken.values);
		return taken;
	}

	function sealed(state: Values, properties: Values): Record<string, unknown> {
		hide(state);
		return sealState(state, secrets, properties);
	}

	async function clean<T>(work: () => Promise<T>, properties: Values): Promise<T> {
		try {
			return await work();
		} catch (error) {
			const text = run.told(error, urnIn(properties) ?? "");
			if (!(error instanceof Unfinished)) throw cleanError(text, run.secrets());
			const { id, state } = error.saved;
			throw initError(text, id, sealed(state, properties), properties, run.secrets());
		}
	}

	return {
		configure: async ({ config }) => run.configure((key) => config.get(key)),

		check: (olds, news) =>
			clean(async () => {
				const { urn, values } = opened(news);
				const old = Object.keys(olds).length === 0 ? undefined : opened(olds).values;
				const { inputs, problems } = await lifecycle.check(values, old, contextOf(urn));
				return { inputs: sealInputs(inputs, news), failures: checkFailures(problems, run.secrets()) };
			}, news),

		diff: (id, olds, news) =>
			clean(async () => {
				const { urn, values } = opened(news);
				const state = opened(olds).values;
				const { changed, replaces } = await lifecycle.diff(id, state, values, contextOf(urn));
				return { changes: changed, replaces };
			}, news),

		create: (inputs) =>
			clean(async () => {
				const { urn, values } = opened(inputs);
				const { id, state } = await lifecycle.create(values, contextOf(urn));
				return { id, outs: sealed(state, inputs) };
			}, inputs),

		read: (id, properties = {}) =>
			clean(async () => {
				const { urn, values } = opened(properties);
				const found = await lifecycle.read(id, values, contextOf(urn));
				return found === undefined ? {} : { id, props: sealed(found.state, properties) };
			}, properties),

		update: (id, olds, news) =>
			clean(async () => {
				const { urn, values } = opened(news);
				const state = await lifecycle.update(id, opened(olds).values, values, contextOf(urn));
				return { outs: sealed(state, news) };
			}, news),

		delete: (id, properties) =>
			clean(async () => {
				const { urn, values } = opened(properties);
				await lifecycle.delete(id, values, contextOf(urn));
			}, properties),
	};
}
