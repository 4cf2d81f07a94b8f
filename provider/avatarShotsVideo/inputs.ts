import { z } from "zod";
import { ASPECT_RATIOS, codePoints, LIMITS, RESOLUTIONS } from "../../heygen/schemas/videoRequest.ts";
import { Id, oneOf, PublicUrl, WAIT_ALLOWED, Wait } from "../inputs/forms.ts";
import type { InputRules } from "../inputs/problems.ts";

/** A picture, clip or sound that HeyGen fetches itself. */
export const UrlReference = z.strictObject({ url: PublicUrl });
/** A file that was uploaded to HeyGen before. */
export const AssetReference = z.strictObject({ assetId: Id });
/** A file on this machine, uploaded when the video is submitted. */
export const FileReference = z.strictObject({ file: z.string().min(1) });
/** A small file within the request. */
export const InlineReference = z.strictObject({
	base64: z.base64().min(4),
	mediaType: z.string().regex(/^(image|video|audio)\/[\w.+-]+$/),
});
export const Reference = z.union([UrlReference, AssetReference, FileReference, InlineReference]);
/** A reference after `check`: with what its bytes are, where that is known. */
export type Reference = z.infer<typeof Reference> & { sha256?: string; mediaType?: string };

/** The inputs of an avatar-shots video as a user writes them. */
export const VideoInputs = z.strictObject({
	prompt: z.string().refine((text) => {
		const length = codePoints(text);
		return length >= LIMITS.prompt.min && length <= LIMITS.prompt.max;
	}),
	avatarIds: z
		.array(Id)
		.min(LIMITS.avatarIds.min)
		.max(LIMITS.avatarIds.max)
		.refine((ids) => new Set(ids).size === ids.length),
	references: z.array(Reference).optional(),
	aspectRatio: z.enum(ASPECT_RATIOS).default("16:9"),
	resolution: z.enum(RESOLUTIONS).default("720p"),
	duration: z.int().min(LIMITS.duration.min).max(LIMITS.duration.max).optional(),
	autoDuration: z.boolean().default(false),
	enhancePrompt: z.boolean().default(false),
	title: z.string().optional(),
	callbackUrl: PublicUrl.optional(),
	callbackId: z.string().optional(),
	revision: z.union([z.string(), z.number()]).optional(),
	wait: Wait.optional(),
	adoptVideoId: Id.optional(),
});

/** The inputs after `check`: valid, defaults filled in, and with the key that the render is submitted under. */
export type CheckedInputs = Omit<z.infer<typeof VideoInputs>, "references"> & {
	references?: Reference[];
	/** Undefined exactly when an existing video is adopted and nothing is submitted. */
	submissionKey?: string;
};

const ALLOWED: Readonly<Record<string, string>> = {
	prompt: `a text of ${LIMITS.prompt.min} to ${LIMITS.prompt.max.toLocaleString("en")} characters`,
	avatarIds: `a list of ${LIMITS.avatarIds.min} to ${LIMITS.avatarIds.max} different look ids`,
	"avatarIds.*": "a look's id",
	references: "a list of references",
	"references.*": "one of { url }, { assetId }, { file } and { base64, mediaType }",
	"references.*.url": "a public https URL without a user name or password",
	"references.*.assetId": "an asset's id",
	"references.*.file": "the path of a file",
	"references.*.base64": "a file's bytes in base64",
	"references.*.mediaType": "an image, video or audio type such as image/png",
	aspectRatio: oneOf(ASPECT_RATIOS),
	resolution: oneOf(RESOLUTIONS),
	duration: `a whole number of seconds from ${LIMITS.duration.min} to ${LIMITS.duration.max}`,
	autoDuration: "true or false",
	enhancePrompt: "true or false",
	title: "a text",
	callbackUrl: "a public https URL (http on loopback only) without a user name or password",
	callbackId: "a text",
	revision: "a number or a text",
	...WAIT_ALLOWED,
	adoptVideoId: "a video's id",
};

/** How a video's inputs are checked and told. */
export const RULES: InputRules = {
	schema: VideoInputs,
	allowed: ALLOWED,
	spellings: { avatar_id: "avatarIds", avatarId: "avatarIds" },
	forms: {
		"references.*": [
			{ schema: UrlReference, keys: ["url"] },
			{ schema: AssetReference, keys: ["assetId"] },
			{ schema: FileReference, keys: ["file"] },
			{ schema: InlineReference, keys: ["base64", "mediaType"] },
		],
	},
};
