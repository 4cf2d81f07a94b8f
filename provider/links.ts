/** A stored link is renewed when it has less than this left, in milliseconds. */
export const RENEW_BEFORE_MS = 24 * 3_600_000;

/**
 * The link to keep: the stored one while it leads to the same file and stays good for a day, else the fresh one.
 * HeyGen signs a new link at every read; taking each would make every refresh look like a change.
 */
export function currentLink(
	stored: unknown,
	fresh: string | null | undefined,
	now: number,
): string | undefined {
	if (!fresh) return undefined;
	if (typeof stored !== "string" || placeOf(stored) !== placeOf(fresh)) return fresh;
	const expires = expiryOf(stored);
	if (expires === undefined) return URL.parse(stored)?.search === "" ? stored : fresh;
	return expires - now > Math.min(RENEW_BEFORE_MS, lifetimeShare(fresh, now)) ? stored : fresh;
}

/** When a presigned link ends, in unix milliseconds; undefined when it does not say. */
export function expiryOf(link: string): number | undefined {
	const expires = URL.parse(link)?.searchParams.get("Expires");
	return expires && /^\d{1,12}$/.test(expires) ? Number(expires) * 1000 : undefined;
}

/** Links that live shorter than the margin are kept for half of their life. */
function lifetimeShare(fresh: string, now: number): number {
	const expires = expiryOf(fresh);
	return expires === undefined ? RENEW_BEFORE_MS : Math.max(0, (expires - now) / 2);
}

function placeOf(link: string): string | undefined {
	const url = URL.parse(link);
	return url === null ? undefined : `${url.origin}${url.pathname}`;
}
