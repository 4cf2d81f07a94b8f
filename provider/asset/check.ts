import { holdsCredentials } from "../../heygen/safeUrl.ts";
import { inputProblems } from "../inputs/problems.ts";
import { type Checked, type Context, GivenFile, unknown, type Values } from "../lifecycle.ts";
import { FileProblem, refuseUrl } from "../uploads/content.ts";
import { isSubRip } from "../uploads/mediaType.ts";
import { type CheckedAsset, RULES } from "./inputs.ts";
import { localPath } from "./source.ts";

/** Reads the file and tells what it holds, so that a preview shows a change of its bytes. */
export async function check(given: Values, olds: Values | undefined, context: Context): Promise<Checked> {
	const problems = [...context.settings.problems, ...inputProblems(given, RULES)];
	if (olds !== undefined) context.renders.resources.remember(context.urn, olds);
	const { source } = given;
	if (problems.length > 0) return { inputs: given, problems };
	if (source === unknown) return { inputs: { source, sha256: unknown }, problems };
	try {
		return { inputs: { ...(await contentOf(source as CheckedAsset["source"], context)) }, problems };
	} catch (error) {
		if (!(error instanceof FileProblem)) throw error;
		return { inputs: given, problems: [{ property: "source", reason: error.message }] };
	}
}

/** A remote file and a text are known by the engine's hash until they are uploaded. */
async function contentOf(source: CheckedAsset["source"], { uploads, warn }: Context): Promise<CheckedAsset> {
	const path = localPath(source);
	if (path === undefined && source instanceof GivenFile) {
		if (source.source === undefined) throw new FileProblem("is empty.");
		const url = "uri" in source.source ? URL.parse(source.source.uri) : null;
		if (url !== null && holdsCredentials(url)) throw new FileProblem(WITH_CREDENTIALS);
		if ("text" in source.source && !isSubRip(Buffer.from(source.source.text))) {
			throw new FileProblem("a text must hold subtitles in the SubRip form; give other files by their path.");
		}
		return { source, sha256: source.sha256 };
	}
	if (typeof source === "string") refuseUrl(source, "give it as new pulumi.asset.RemoteAsset(url)");
	const { sha256, mediaType, sizeBytes, warning } = await uploads.contents.of(path ?? "");
	if (warning !== undefined) warn(warning);
	return { source, sha256, mimeType: mediaType, sizeBytes };
}

const WITH_CREDENTIALS =
	"the file's URL must not hold a user name or a password: it would be kept and shown.";
