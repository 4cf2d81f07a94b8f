import { createHash } from "node:crypto";

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
	return digest(["render", urn, keyScope, render, revision === undefined ? null : String(revision)]);
}

/** The key to try after one that answers with a video which is gone or had failed before. */
export const keyAfter = (key: string) => digest(["after", key]);

/** The key of a new take of an unchanged video, asked for by `replacementTrigger`. Never in the chain of `keyAfter`. */
export const keyOfNewTake = (key: string) => digest(["take", key]);

const digest = (parts: readonly unknown[]) =>
	`pulumi-heygen:${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40)}`;
