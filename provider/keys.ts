import { createHash } from "node:crypto";

/** How many keys are tried for one thing: as many times may the same request come back within 24 hours. */
export const LONGEST_CHAIN = 24;

/** An `Idempotency-Key`: the same for the same parts, whenever and wherever it is made. */
export const keyOf = (parts: readonly unknown[]) =>
	`pulumi-heygen:${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40)}`;

/** The key to try after one that answers with something that is gone, or had failed before. */
export const keyAfter = (key: string) => keyOf(["after", key]);
