import { hashOf } from "./keys.ts";

/** A mark at the end of a title, of whichever key. */
const ANY_MARK = / ?\[ph[0-9a-f]{12}\]$/;

/**
 * What the title of a video at HeyGen carries of the submission key that it was first submitted under: 48 bits of its
 * hash. Frozen: it is how a video is found again whose submit no saved state knows of.
 */
export const markOf = (submissionKey: string) => `ph${hashOf(["mark", submissionKey], 12)}`;

/** The title to submit: the user's, or else the resource's name from its URN, and the mark. */
export function markedTitle(title: string | undefined, urn: string, submissionKey: string): string {
	const name = urn.split("::").slice(3).join("::");
	return `${title || name} [${markOf(submissionKey)}]`.trimStart();
}

/** Whether a video by this title was submitted under this key, or under one that follows from it. */
export const isMarked = (title: string | null | undefined, submissionKey: string) =>
	title?.endsWith(`[${markOf(submissionKey)}]`) ?? false;

/** A title as the user knows it; undefined when there is none. */
export const withoutMark = (title: string | null | undefined) => title?.replace(ANY_MARK, "");
