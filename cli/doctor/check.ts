export type Status = "ok" | "warning" | "problem" | "skipped";

/** One thing that was looked at. */
export interface Check {
	/** What was looked at, such as `key`; it comes again where there is more than one thing to tell of it. */
	readonly id: string;
	/** `problem`: something must be mended first. `warning`: what the user should know. */
	readonly status: Status;
	/** A sentence. */
	readonly text: string;
	/** What to do about it. */
	readonly mend?: string | undefined;
}

export const ok = (id: string, text: string): Check => ({ id, status: "ok", text });
export const warning = (id: string, text: string, mend: string): Check => ({
	id,
	status: "warning",
	text,
	mend,
});
export const problem = (id: string, text: string, mend: string): Check => ({
	id,
	status: "problem",
	text,
	mend,
});
export const skipped = (id: string, text: string, mend?: string): Check => ({
	id,
	status: "skipped",
	text,
	mend,
});
/** Several that were not looked at, for one reason; `what` holds the name of each by its id. */
export const skippedAll = (what: Readonly<Record<string, string>>, why: string): Check[] =>
	Object.entries(what).map(([id, name]) => skipped(id, `${name}: ${why}.`));
