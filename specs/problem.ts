import { tell } from "../provider/inputs/problems.ts";
import type { Path, Source } from "./source.ts";

/** What is wrong with a spec, or odd about it, and where it says so. */
export interface SpecProblem {
	severity: "error" | "warning";
	/** The spec's file from the folder on that the specs were named in; or `specs[0]` for one that a program gives as an object. */
	source: string;
	/** From 1; undefined for what is not in a file. */
	line: number | undefined;
	/** From 1, in UTF-16 code units. */
	column: number | undefined;
	/** The path within the spec, such as `matrix.aspectRatio[1]`; empty for the spec as a whole. */
	property: string;
	/** What is allowed and what was given. */
	reason: string;
}

/** `specs[2]` before `specs[10]`. */
const BY_NAME = new Intl.Collator("en", { numeric: true });

/** Every problem once, in the order in which they were found. */
export class Problems {
	readonly #found = new Map<string, SpecProblem>();

	/** Notes a problem at a place of a spec, unless one is noted there. */
	add(source: Source, path: Path, reason: string, severity: SpecProblem["severity"] = "error"): void {
		const property = tell(path);
		const key = JSON.stringify([severity, source.name, property]);
		if (this.#found.has(key)) return;
		const { line, column } = source.placeOf(path) ?? {};
		this.#found.set(key, { severity, source: source.name, line, column, property, reason });
	}

	/** Notes a problem of something that could not be read as a spec. */
	addUnread(source: string, reason: string, line?: number, column?: number): void {
		this.#addWhole("error", source, reason, line, column);
	}

	/** Notes what is odd about a file. */
	addWarning(source: string, reason: string): void {
		this.#addWhole("warning", source, reason);
	}

	#addWhole(
		severity: SpecProblem["severity"],
		source: string,
		reason: string,
		line?: number,
		column?: number,
	): void {
		const key = JSON.stringify([severity, source, line, column, reason]);
		this.#found.set(key, { severity, source, line, column, property: "", reason });
	}

	/** How many errors there are; warnings do not count. */
	get errors(): number {
		return this.all().filter(({ severity }) => severity === "error").length;
	}

	/** All of them: by source, then from top to bottom. */
	all(): SpecProblem[] {
		return [...this.#found.values()].sort(
			(a, b) =>
				BY_NAME.compare(a.source, b.source) ||
				(a.line ?? 0) - (b.line ?? 0) ||
				(a.column ?? 0) - (b.column ?? 0),
		);
	}
}
