import { StaleTimestamp } from "./errors.ts";
import { headerOf, type WebhookHeaders } from "./headers.ts";

/** Throws `StaleTimestamp` when there is a `Heygen-Timestamp` that is more than `maxAgeSeconds` from now. */
export function checkTimestamp(headers: WebhookHeaders, maxAgeSeconds: number, now: () => number): void {
	const sent = headerOf(headers, "heygen-timestamp");
	if (sent === undefined || maxAgeSeconds === Number.POSITIVE_INFINITY) return;
	if (!/^\d{1,15}(\.\d+)?$/.test(sent)) {
		throw new StaleTimestamp("The Heygen-Timestamp header is not a time in unix seconds.");
	}
	const age = Math.round(now() / 1000 - Number(sent));
	if (Math.abs(age) <= maxAgeSeconds) return;
	const how = age > 0 ? `${age} s old` : `${-age} s ahead`;
	throw new StaleTimestamp(
		`The Heygen-Timestamp header is ${how}, and at most ${maxAgeSeconds} s are taken. If that is true of every request, this machine's clock is wrong; if of late deliveries only, allow more with \`maxAgeSeconds\`.`,
	);
}
