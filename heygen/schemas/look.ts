import { z } from "zod";
import { Id } from "./envelopes.ts";

// What nothing depends on is dropped when it is not as expected: one odd look must not hide all the others.
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

/** An avatar look: what `avatar_id` of a video names (not the avatar group). */
export const AvatarLook = z.looseObject({
	id: Id,
	name: z.string(),
	/** `studio_avatar`, `digital_twin` or `photo_avatar` today; an open list. */
	avatar_type: z.string(),
	group_id: text,
	gender: text,
	/** `processing`, `pending_consent`, `failed` or `completed`; private looks only. */
	status: text,
	preferred_orientation: text,
	/** In pixels. */
	image_width: number,
	image_height: number,
	preview_image_url: text,
	preview_video_url: text,
	tags: z.array(z.string()).nullish().catch(undefined),
	/** Why a look cannot be used. */
	error: z.looseObject({ code: text, message: text }).nullish().catch(undefined),
});
export type AvatarLook = z.infer<typeof AvatarLook>;
