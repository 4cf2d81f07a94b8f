import { Unfinished, type Values } from "../lifecycle.ts";

export interface SeenResource {
	/** Its id in the state. */
	id: string;
	/** The account that the state names, where it does. */
	account: unknown;
	/** Whether its inputs call for another one in its place. */
	replaced: boolean;
	/** Whether it failed or is not there any more, so that nothing of it has to be protected. */
	lost?: boolean;
}

/**
 * What this run has learnt about the stack's resources, by URN. The engine tells a create nothing of what was there
 * before, and a delete nothing of what is still wanted: the calls before them in the same run do.
 */
export function createResourceMemory() {
	const oldInputs = new Map<string, Values>();
	const seen = new Map<string, SeenResource>();
	const kept = new Map<string, string>();

	const holdsOn = (id: string) => (entry: readonly [string, SeenResource]) => {
		const [urn, resource] = entry;
		return resource.id === id && !resource.replaced && oldInputs.has(urn);
	};

	return {
		/** An existing resource was checked; `inputs` are those of its last update. */
		remember: (urn: string, inputs: Values) => void oldInputs.set(urn, inputs),
		remembered: (urn: string) => oldInputs.get(urn),
		/** An existing resource was compared with its state. */
		saw: (urn: string, resource: SeenResource) => void seen.set(urn, resource),
		seen: (urn: string) => seen.get(urn),
		/** What was seen of resources of the same type, the resource's own first. */
		seenLike(urn: string): SeenResource[] {
			const own = seen.get(urn);
			const like = [...seen].filter(([other]) => other !== urn && typeOf(other) === typeOf(urn));
			return [...(own === undefined ? [] : [own]), ...like.map(([, resource]) => resource)];
		},
		/**
		 * Whether a create of this resource stands in for one that is there and of use: only for those an earlier call was
		 * seen.
		 */
		isReplacement: (urn: string) => (oldInputs.has(urn) || seen.has(urn)) && seen.get(urn)?.lost !== true,
		/** A create or update of this run ended with what has this id at HeyGen. */
		keep: (id: string, urn: string) => void kept.set(id, urn),
		/**
		 * Runs a create of this resource. Once it is done, what was there before is held no more. Where it fails, that stays in
		 * the state: an interrupted run may have left it there a second time, to be deleted in this run.
		 */
		async creating<Made>(urn: string, create: () => Promise<Made>): Promise<Made> {
			try {
				const made = await create();
				seen.delete(urn);
				return made;
			} catch (error) {
				const before = seen.get(urn);
				if (before !== undefined && !(error instanceof Unfinished))
					seen.set(urn, { ...before, replaced: false });
				throw error;
			}
		},
		/** The URN of another resource that is known to hold it, also after this run. */
		otherHolder(id: string, urn: string): string | undefined {
			const by = kept.get(id);
			if (by !== undefined && by !== urn) return by;
			return [...seen].filter(holdsOn(id)).find(([other]) => other !== urn)?.[0];
		},
		/**
		 * Whether the stack still holds what has this id after this run, so that no delete may take it. A refresh compares too,
		 * also before a destroy: only what was checked is in the program.
		 */
		isLive: (id: string) => kept.has(id) || [...seen].some(holdsOn(id)),
	};
}

/** The type in a URN, without those of the parents. */
const typeOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1);
