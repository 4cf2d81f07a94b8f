import { z } from "zod";
import { holdsCredentials, isSafe } from "../../heygen/safeUrl.ts";
import { parseDuration } from "../duration.ts";

/** An id of HeyGen's: opaque, without spaces. */
export const Id = z.string().regex(/^\S+$/);

/**
 * A URL that HeyGen can reach: https, or plain http on this machine, where only the emulator can. Without a user name or a
 * password: HeyGen would keep and show them, and so would the state.
 */
export const PublicUrl = z.string().refine((text) => {
	const url = URL.parse(text);
	return url !== null && isSafe(url) && !holdsCredentials(url);
});

/** The words of an enumeration, as the end of "must be …". */
export function oneOf(words: readonly string[]): string {
	return `one of ${words.map((word) => `"${word}"`).join(", ")}`;
}

/** Longest and shortest `wait.timeout`, in milliseconds. */
const WAIT = { min: 1_000, max: 24 * 3_600_000 } as const;
/** How long a render is waited for unless `wait.timeout` says otherwise. */
const DEFAULT_WAIT = "60m";

/** How long a run waits for a render. */
export const Wait = z.strictObject({ timeout: z.string().refine(isWait).optional() });
export type Wait = z.infer<typeof Wait>;

/** What `Wait` takes, as the end of "must be …", for resources that call it `wait`. */
export const WAIT_ALLOWED = {
	wait: 'an object such as { timeout: "60m" }',
	"wait.timeout": "a duration from 1s to 24h such as 90s, 60m or 1h30m",
} as const;

/** The longest wait in milliseconds. */
export const waitBudget = ({ wait }: { wait?: Wait | undefined }): number =>
	parseDuration(wait?.timeout ?? DEFAULT_WAIT) ?? 3_600_000;

function isWait(text: string): boolean {
	const milliseconds = parseDuration(text);
	return milliseconds !== undefined && milliseconds >= WAIT.min && milliseconds <= WAIT.max;
}
