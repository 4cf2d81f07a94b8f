import { keyOf } from "../keys.ts";

export interface RenderIdentity {
	/** Which resource the render is for. */
	urn: string;
	/** The setting that tells apart separate backends which use one HeyGen account. */
	keyScope: string;
	/** The request in its canonical form. */
	render: string;
	/** The user's own count of takes. */
	revision: string | number | undefined;
}

/**
 * The `Idempotency-Key` of a render: the same whenever the same resource asks for the same video, and no one else's.
 * Within 24 hours HeyGen answers it with the render that was paid for, so a repeated submit is free.
 */
export function submissionKey({ urn, keyScope, render, revision }: RenderIdentity): string {
	return keyOf(["render", urn, keyScope, render, revision === undefined ? null : String(revision)]);
}

/** The key of a new take of an unchanged video, asked for by `replacementTrigger`. Never in the chain of `keyAfter`. */
export const keyOfNewTake = (key: string) => keyOf(["take", key]);
