import { BodyTooLarge } from "./errors.ts";

/** An event takes a few kilobytes; the rest is room. */
export const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

export const tooLarge = (mostBytes: number): BodyTooLarge =>
	new BodyTooLarge(`The body is longer than ${mostBytes} bytes, the limit that \`maxBodyBytes\` sets.`);
