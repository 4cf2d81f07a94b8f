import { type Context, type Problem, unknown, type Values } from "../lifecycle.ts";
import { FileProblem, refuseUrl } from "../uploads/content.ts";
import type { Identity } from "../uploads/uploads.ts";
import { kindOf } from "./references.ts";

export interface References {
	/** As given, with `sha256` and `mediaType` where the bytes are known. */
	references: unknown[];
	problems: Problem[];
}

/**
 * Finds out what the bytes of files and of this stack's own assets are, so that a render depends on them and not on
 * where they lie or under which id HeyGen holds them. An asset that the last update did not know stays unknown: what
 * this package learns later must not render anything.
 */
export async function withContent(
	given: readonly unknown[],
	olds: Values | undefined,
	context: Context,
): Promise<References> {
	const problems: Problem[] = [];
	const before = Array.isArray(olds?.["references"]) ? (olds["references"] as Values[]) : [];
	const resolve = async (reference: unknown, at: number): Promise<unknown> => {
		if (typeof reference !== "object" || reference === null) return reference;
		const { file, assetId } = reference as Values;
		if (typeof assetId === "string") return { assetId, ...identityOf(assetId, before, context) };
		if (file === unknown) return { file, sha256: unknown, mediaType: unknown };
		if (typeof file !== "string" || file === "") return reference;
		try {
			return { file, ...(await contentOf(file, context)) };
		} catch (error) {
			if (!(error instanceof FileProblem)) throw error;
			problems.push({ property: `references[${at}].file`, reason: error.message });
			return reference;
		}
	};
	const references: unknown[] = [];
	for (const [at, reference] of given.entries()) references.push(await resolve(reference, at));
	return { references, problems };
}

async function contentOf(file: string, { uploads, warn }: Context): Promise<Identity> {
	refuseUrl(file, "write { url } for it instead of { file }");
	const { sha256, mediaType, warning } = await uploads.contents.of(file);
	if (kindOf({ mediaType }) === undefined) {
		throw new FileProblem(`${file} is ${mediaType}; a reference is an image, a video or a sound.`);
	}
	if (warning !== undefined) warn(warning);
	return { sha256, mediaType };
}

function identityOf(assetId: string, before: readonly Values[], { uploads }: Context): Values {
	const same = before.find((reference) => reference?.["assetId"] === assetId);
	if (same === undefined) return { ...uploads.known(assetId) };
	const { sha256, mediaType } = same;
	return sha256 === undefined ? {} : { sha256, mediaType };
}
