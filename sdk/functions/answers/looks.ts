import { z } from "zod";
import type { AvatarLook as HeyGenLook } from "../../../heygen/schemas/look.ts";
import { oneOf } from "../../../provider/inputs/forms.ts";
import type { AvatarLook } from "../getAvatarLooks.ts";
import type { Run } from "./run.ts";
import { words } from "./words.ts";

const OWNERSHIPS = ["public", "private"] as const;
const AVATAR_TYPES = ["studio_avatar", "digital_twin", "photo_avatar"] as const;

/** The filters of looks as users write them. */
export const LookFilters = z.strictObject({
	ownership: z.enum(OWNERSHIPS).optional(),
	avatarType: z.enum(AVATAR_TYPES).optional(),
	groupId: z.string().regex(/^\S+$/).optional(),
});

export const ALLOWED_FILTERS = {
	ownership: oneOf(OWNERSHIPS),
	avatarType: oneOf(AVATAR_TYPES),
	groupId: "an avatar group's id",
} as const;

/** Other words for the filters. */
export const FILTER_SPELLINGS = { type: "avatarType", group: "groupId", owner: "ownership" } as const;

/** A look as programs see it. */
export function lookOf(look: HeyGenLook, run: Pick<Run, "apiKey">): AvatarLook {
	const { error } = look;
	return {
		id: look.id,
		name: look.name,
		avatarType: look.avatar_type,
		groupId: look.group_id ?? undefined,
		gender: look.gender ?? undefined,
		status: look.status ?? undefined,
		error: error ? { code: words(error.code, run), message: words(error.message, run) } : undefined,
		preferredOrientation: look.preferred_orientation ?? undefined,
		imageWidth: look.image_width ?? undefined,
		imageHeight: look.image_height ?? undefined,
		previewImageUrl: look.preview_image_url ?? undefined,
		previewVideoUrl: look.preview_video_url ?? undefined,
		tags: [...(look.tags ?? [])],
	};
}
