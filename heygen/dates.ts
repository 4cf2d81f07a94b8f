/** Unix milliseconds as an ISO 8601 date; undefined for what is no number, or too far off for a date. */
export function isoDate(milliseconds: number | null | undefined): string | undefined {
	const date = new Date(milliseconds ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
