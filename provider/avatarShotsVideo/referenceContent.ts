import { isDeepStrictEqual } from "node:util";
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
	const last = referencesOf(olds ?? context.renders.resources.remembered(context.urn));
	const resolve = async (given: unknown, at: number): Promise<unknown> => {
		const reference = asWritten(given);
		if (reference !== given && last.some((known) => isDeepStrictEqual(known, given))) return given;
		if (typeof reference !== "object" || reference === null) return reference;
		const { file, assetId } = reference as Values;
		if (typeof assetId === "string") return { assetId, ...identityOf(assetId, last, context) };
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

/**
 * A reference without what is added here: with `ignoreChanges` the engine hands back what an earlier check has made of it.
 */
export function asWritten(reference: unknown): unknown {
	if (typeof reference !== "object" || reference === null) return reference;
	const { sha256, mediaType, ...written } = reference as Values;
	const isFound = "file" in written || "assetId" in written;
	return isFound && typeof sha256 === "string" && typeof mediaType === "string" ? written : reference;
}

const referencesOf = (inputs: Values | undefined) =>
	Array.isArray(inputs?.["references"]) ? (inputs["references"] as Values[]) : [];

async function contentOf(file: string, { uploads, warn }: Context): Promise<Identity> {
	refuseUrl(file, "write { url } for it instead of { file }");
	const { sha256, mediaType, warning } = await uploads.contents.of(file);
	if (kindOf({ mediaType }) === undefined) {
		throw new FileProblem(`${file} is ${mediaType}; a reference is an image, a video or a sound.`);
	}
	if (warning !== undefined) warn(warning);
	return { sha256, mediaType };
}

function identityOf(assetId: string, last: readonly Values[], { uploads }: Context): Values {
	const same = last.find((reference) => reference?.["assetId"] === assetId);
	if (same === undefined) return { ...uploads.known(assetId) };
	const { sha256, mediaType } = same;
	return sha256 === undefined ? {} : { sha256, mediaType };
}
