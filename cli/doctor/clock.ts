import { type Check, ok, skipped, warning } from "./check.ts";

/** From here on a difference is told, in milliseconds. */
const MOST_SKEW_MS = 30_000;
/** A `Date` header has whole seconds. */
const STEP_MS = 1_000;

/** How far this machine's clock is from the server's; the request was on its way from `startMs` to `endMs`. */
export function clockCheck(serverTime: number | undefined, startMs: number, endMs: number): Check {
	if (serverTime === undefined) return skipped("clock", "The clock: HeyGen's answer has no date.");
	const skewMs = leastSkew(serverTime, startMs, endMs);
	const seconds = Math.round(Math.abs(skewMs) / 1000);
	if (Math.abs(skewMs) < MOST_SKEW_MS)
		return ok("clock", `The clock is that of HeyGen, to ${seconds || "a few"} s.`);
	const text = `This machine's clock is ${seconds} s ${skewMs > 0 ? "behind" : "ahead of"} HeyGen's.`;
	const mend =
		"Let the network set it (NTP). No render is paid twice for it, since HeyGen's own clock tells them apart; but " +
		"presigned links that have ended count as good, or good ones as ended, and waits that HeyGen asks for by a date " +
		"are wrong. Where it is days off, secure connections fail.";
	return warning("clock", text, mend);
}

/** The least difference that fits: what the request's way took, and what a date leaves out, may not be the clock's. */
function leastSkew(serverTime: number, startMs: number, endMs: number): number {
	if (serverTime > endMs) return serverTime - endMs;
	return Math.min(0, serverTime + STEP_MS - startMs);
}
