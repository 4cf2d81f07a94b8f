/** What the system says of a path that leads to nothing, by its codes. */
const FAULTS: Readonly<Record<string, string>> = {
	EACCES: "may not be read by this user.",
	ELOOP: "leads through links that go round in a circle.",
	ENAMETOOLONG: "is longer than a path may be.",
	ENOENT: "is not there.",
	ENOTDIR: "leads through a file as if it were a folder.",
	EPERM: "may not be read by this user.",
	ERR_INVALID_ARG_VALUE: "holds a NUL character, which no path may.",
};
/** The most characters of a path that stand in front of its fault. */
const MOST_SHOWN = 200;

/** Why a path cannot be read, as the end of a sentence. Throws the error again where it is not about a path. */
export function pathFault(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
	if (code === undefined) throw error;
	return FAULTS[code] ?? `cannot be read (${code}).`;
}

/** A path in front of its fault, which must not be cut off behind it. */
export const cutPath = (path: string) =>
	path.length > MOST_SHOWN ? `${path.slice(0, MOST_SHOWN).toWellFormed()}…` : path;
