import { z } from "zod";

/** The words that HeyGen has used for this kind of video, the newest last. The fields are the same under both. */
export const VIDEO_TYPES = ["avatar_shots", "cinematic_avatar"] as const;
export type VideoType = (typeof VIDEO_TYPES)[number];

/** What `POST /v3/videos` takes for this kind of video. Sources: HeyGen's OpenAPI schema and the avatar-shots guide. */
export const LIMITS = {
	/** Unicode code points. */
	prompt: { min: 1, max: 10_000 },
	avatarIds: { min: 1, max: 3 },
	/** Whole seconds. */
	duration: { min: 4, max: 15, default: 10 },
	/** Across avatar looks and references together; a look counts as one image. */
	images: 9,
	videos: 3,
} as const;

export const ASPECT_RATIOS = ["16:9", "9:16", "1:1"] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

export const RESOLUTIONS = ["720p", "1080p"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** The length of a text as HeyGen's users count it: code points, so that an emoji is one character and not two. */
export function codePoints(text: string): number {
	let count = 0;
	for (const _ of text) count++;
	return count;
}

export const ReferenceRequest = z.discriminatedUnion("type", [
	z.strictObject({ type: z.literal("url"), url: z.string().min(1) }),
	z.strictObject({ type: z.literal("asset_id"), asset_id: z.string().min(1) }),
	z.strictObject({ type: z.literal("base64"), media_type: z.string().min(1), data: z.base64() }),
]);
export type ReferenceRequest = z.infer<typeof ReferenceRequest>;

/** The body of `POST /v3/videos`, in the API's own spelling. Unknown keys are refused, as the service may do. */
export const VideoRequest = z
	.strictObject({
		type: z.enum(VIDEO_TYPES),
		prompt: z
			.string()
			.refine(
				(text) => codePoints(text) >= LIMITS.prompt.min && codePoints(text) <= LIMITS.prompt.max,
				`prompt must hold between ${LIMITS.prompt.min} and ${LIMITS.prompt.max} characters`,
			),
		avatar_id: z.array(z.string().min(1)).min(LIMITS.avatarIds.min).max(LIMITS.avatarIds.max),
		references: z.array(ReferenceRequest).nullish(),
		aspect_ratio: z.enum(ASPECT_RATIOS).optional(),
		resolution: z.enum(RESOLUTIONS).optional(),
		duration: z.int().min(LIMITS.duration.min).max(LIMITS.duration.max).nullish(),
		auto_duration: z.boolean().optional(),
		enhance_prompt: z.boolean().optional(),
		title: z.string().nullish(),
		callback_url: z.url().optional(),
		callback_id: z.string().optional(),
	})
	.refine((body) => !(body.auto_duration && typeof body.duration === "number"), {
		path: ["duration"],
		message: "duration must be left out when auto_duration is true",
	});
export type VideoRequest = z.infer<typeof VideoRequest>;
