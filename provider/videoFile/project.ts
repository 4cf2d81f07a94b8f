import type { DownloadLimits } from "../../heygen/download.ts";

/** What all video files of one run share. */
export interface Project {
	/** The folder that paths start from. */
	folder: string;
	paths: PathMemory;
	limits?: DownloadLimits | undefined;
}

export type PathMemory = ReturnType<typeof createPathMemory>;

/**
 * What this run has learnt about who writes which file: claims by what a path really leads to, what is the stack's own by
 * `Place.id`. The engine tells a delete nothing of what is still
 * wanted, and a create nothing of what was there before: the calls before them in the same run do.
 */
export function createPathMemory() {
	const claims = new Map<string, string>();
	const own = new Map<string, string>();

	return {
		/** A resource of the program wants this path; the URN of another one that wants it too, if there is one. */
		claim(place: string, urn: string): string | undefined {
			const other = claims.get(place);
			if (other !== undefined && other !== urn) return other;
			claims.set(place, urn);
			return undefined;
		},
		/** Whether the program still wants this path, so that no delete of an earlier resource may take the file. */
		isClaimed: (place: string) => claims.has(place),
		/** The state holds a file of these bytes at this path: the stack has written it. */
		saw: (id: string, sha256: unknown) => void own.set(id, String(sha256)),
		isOwn: (id: string, sha256: string) => own.get(id) === sha256,
	};
}
