import type { Lifecycle, Values } from "./lifecycle.ts";

/**
 * A lifecycle that leaves alone what a later version of this package has recorded: it may mean by it what this version
 * does not know, and what it does not know must neither be rendered anew nor deleted. `what` begins a sentence, and
 * `version` is the last one that the lifecycle reads.
 */
export function sparingLaterState<State extends object>(
	what: string,
	version: number,
	lifecycle: Lifecycle<State>,
): Lifecycle<State> {
	const refuseLater = (id: string, { stateVersion }: Values) => {
		if (typeof stateVersion !== "number" || stateVersion <= version) return;
		throw new Error(
			`${what} ${id} was recorded by a later version of pulumi-heygen (state version ${stateVersion}; this one reads ` +
				`up to ${version}). Nothing was changed. Install the later version again: \`npm install pulumi-heygen@latest\`.`,
		);
	};
	return {
		...lifecycle,
		async diff(id, state, inputs, context) {
			refuseLater(id, state);
			return lifecycle.diff(id, state, inputs, context);
		},
		async read(id, state, context) {
			refuseLater(id, state);
			return lifecycle.read(id, state, context);
		},
		async update(id, state, inputs, context) {
			refuseLater(id, state);
			return lifecycle.update(id, state, inputs, context);
		},
		async delete(id, state, context) {
			refuseLater(id, state);
			return lifecycle.delete(id, state, context);
		},
	};
}
