import { isoDate } from "../../../heygen/dates.ts";

/** HeyGen's unix seconds as an ISO 8601 date; what is a text already stays as it is. */
export function dateOf(time: number | string | null | undefined): string | undefined {
	if (typeof time === "string") return time;
	return typeof time === "number" ? isoDate(time * 1000) : undefined;
}
