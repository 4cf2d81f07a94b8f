const NUMBER = "(\\d+(?:\\.\\d+)?)";
const PARTS = new RegExp(`^(?:${NUMBER}h)?(?:${NUMBER}m)?(?:${NUMBER}s)?(?:${NUMBER}ms)?$`);

/** A length of time as Pulumi writes it, such as `90s`, `60m`, `1h30m` or `1.5h`. */
export type DurationText = string;

/** The milliseconds of a duration text; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
	const parts = text === "" ? null : PARTS.exec(text);
	if (parts === null) return undefined;
	const [hours = 0, minutes = 0, seconds = 0, rest = 0] = parts.slice(1).map((part) => Number(part ?? 0));
	return Math.round((hours * 3600 + minutes * 60 + seconds) * 1000 + rest);
}

/** A length of time for people: `42 s`, `3 min 20 s`, `1 h 5 min`, and in whole days from two on: `3 days`. */
export function tellDuration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
	const hours = Math.floor(minutes / 60);
	if (hours >= 48) return `${Math.floor(hours / 24)} days`;
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
