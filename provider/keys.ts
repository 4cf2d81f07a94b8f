import { createHash } from "node:crypto";

/** How many keys are tried for one thing: as many times may the same request come back within 24 hours. */
export const LONGEST_CHAIN = 24;

/** So many hexadecimal digits, the same for the same parts, whenever and wherever they are made. */
export const hashOf = (parts: readonly unknown[], digits: number) =>
	createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, digits);

/** An `Idempotency-Key`: the same for the same parts. */
export const keyOf = (parts: readonly unknown[]) => `pulumi-heygen:${hashOf(parts, 40)}`;

/** Whether a value is a key of this package's making. */
export const isKey = (value: unknown) =>
	typeof value === "string" && /^pulumi-heygen:[0-9a-f]{40}$/.test(value);

/** The key to try after one that answers with something that is gone, or had failed before. */
export const keyAfter = (key: string) => keyOf(["after", key]);
