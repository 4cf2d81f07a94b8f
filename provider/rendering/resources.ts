import type { Values } from "../lifecycle.ts";

export interface SeenResource {
	/** Its id in the state. */
	id: string;
	/** The account that the state names, where it does. */
	account: unknown;
	/** Whether its inputs call for another one in its place. */
	replaced: boolean;
}

/**
 * What this run has learnt about the stack's resources, by URN. The engine tells a create nothing of what was there
 * before, and a delete nothing of what is still wanted: the calls before them in the same run do.
 */
export function createResourceMemory() {
	const oldInputs = new Map<string, Values>();
	const seen = new Map<string, SeenResource>();
	const kept = new Set<string>();

	return {
		/** An existing resource was checked; `inputs` are those of its last update. */
		remember: (urn: string, inputs: Values) => void oldInputs.set(urn, inputs),
		remembered: (urn: string) => oldInputs.get(urn),
		/** An existing resource was compared with its state. */
		saw: (urn: string, resource: SeenResource) => void seen.set(urn, resource),
		seen: (urn: string) => seen.get(urn),
		/** Whether a create of this resource stands in for one that is there: only for those an earlier call was seen. */
		isReplacement: (urn: string) => oldInputs.has(urn) || seen.has(urn),
		/** A create or update of this run ended with what has this id at HeyGen. */
		keep: (id: string) => void kept.add(id),
		/**
		 * Whether the stack still holds what has this id after this run, so that no delete may take it. A refresh compares too,
		 * also before a destroy: only what was checked is in the program.
		 */
		isLive: (id: string) =>
			kept.has(id) ||
			[...seen].some(([urn, resource]) => resource.id === id && !resource.replaced && oldInputs.has(urn)),
	};
}
