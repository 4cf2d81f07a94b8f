import { Shared } from "../lifecycle.ts";

/**
 * What a user is told of the failures of one run. A reason that many resources share, such as a revoked key, is told in
 * full by the first of them; the others say what is theirs, and point to it.
 */
export function createTold() {
	const firsts = new Map<string, string>();
	return (error: unknown, urn: string): string => {
		const shared = error instanceof Shared ? error.shared : undefined;
		if (shared === undefined || urn === "") return messageOf(error);
		const first = firsts.get(shared.kind) ?? urn;
		firsts.set(shared.kind, first);
		return first === urn ? messageOf(error) : `${shared.brief}, see the error of ${named(first, urn)}.`;
	};
}

function messageOf(error: unknown): string {
	if (error instanceof Error) return error.message || error.name;
	return `unexpected failure: ${String(error)}`;
}

/** The name in a URN, with its type where that is another than that of the resource that speaks. */
function named(urn: string, speaker: string): string {
	const [type, name] = [typeOf(urn), urn.split("::").at(-1)];
	return type === typeOf(speaker) ? `${name}` : `${name} (${type})`;
}

const typeOf = (urn: string) => urn.split("::")[2]?.split(":").at(-1);
