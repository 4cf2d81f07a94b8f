import { z } from "zod";

const text = z.string().nullish();

/** An avatar look: what `avatar_id` of a video names (not the avatar group). */
export const AvatarLook = z.looseObject({
	id: z.string().min(1),
	name: z.string(),
	/** `studio_avatar`, `digital_twin` or `photo_avatar` today; an open list. */
	avatar_type: z.string(),
	group_id: text,
	gender: text,
	/** `processing`, `pending_consent`, `failed` or `completed`; private looks only. */
	status: text,
	preferred_orientation: text,
	preview_image_url: text,
	preview_video_url: text,
	tags: z.array(z.string()).nullish(),
});
export type AvatarLook = z.infer<typeof AvatarLook>;
