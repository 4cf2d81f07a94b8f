import * as pulumi from "@pulumi/pulumi";
import type { FunctionOptions } from "./options.ts";
import { withoutSignedLinks } from "./outputs.ts";

/** Which looks are meant; what is left out does not restrict. */
export interface GetAvatarLooksArgs {
	/** HeyGen's own looks, or those of the account. @default both */
	ownership?: "public" | "private" | undefined;
	/** @default all three */
	avatarType?: "studio_avatar" | "digital_twin" | "photo_avatar" | undefined;
	/** The id of an avatar group: the looks of one person. @default all groups */
	groupId?: string | undefined;
}

/** As {@link GetAvatarLooksArgs}, where each value may be an output. */
export interface GetAvatarLooksOutputArgs {
	/** HeyGen's own looks, or those of the account. @default both */
	ownership?: pulumi.Input<"public" | "private" | undefined>;
	/** @default all three */
	avatarType?: pulumi.Input<"studio_avatar" | "digital_twin" | "photo_avatar" | undefined>;
	/** The id of an avatar group: the looks of one person. @default all groups */
	groupId?: pulumi.Input<string | undefined>;
}

/** An avatar look: its `id` is what `avatarIds` of a video takes. What HeyGen does not tell is undefined. */
export interface AvatarLook {
	id: string;
	name: string;
	/** `studio_avatar`, `digital_twin` or `photo_avatar`; HeyGen may add words. */
	avatarType: string;
	/** The avatar group: the person whose look this is. */
	groupId: string | undefined;
	gender: string | undefined;
	/** Of private looks only: `completed` when the look can be used, `processing`, `pending_consent` or `failed`. */
	status: string | undefined;
	/** Why the look cannot be used, in HeyGen's words. */
	error: { code: string | undefined; message: string | undefined } | undefined;
	/** `landscape`, `portrait` or `square`. */
	preferredOrientation: string | undefined;
	/** In pixels. */
	imageWidth: number | undefined;
	/** In pixels. */
	imageHeight: number | undefined;
	/** Where HeyGen presigns it, `…Output` leaves it out: one secret in a look would hide its id as well. */
	previewImageUrl: string | undefined;
	/** As `previewImageUrl`. */
	previewVideoUrl: string | undefined;
	tags: string[];
}

/**
 * All looks that fit, over all pages, in HeyGen's order. The same question is asked once a run. Also runs in previews.
 *
 * @example
 * const twins = await heygen.getAvatarLooks({ ownership: "private", avatarType: "digital_twin" });
 *
 * @throws a `pulumi.RunError` for arguments that are wrong, a missing key, and what HeyGen refuses
 */
export async function getAvatarLooks(
	args: GetAvatarLooksArgs = {},
	options: FunctionOptions = {},
): Promise<AvatarLook[]> {
	const { answerAvatarLooks } = await import("./answers/avatarLooks.ts");
	return answerAvatarLooks(args, options);
}

/** {@link getAvatarLooks} with arguments that may be outputs; unknown as long as one of them is. */
export function getAvatarLooksOutput(
	args: GetAvatarLooksOutputArgs = {},
	options: FunctionOptions = {},
): pulumi.Output<AvatarLook[]> {
	return pulumi
		.output(args)
		.apply(async (known) => (await getAvatarLooks(known, options)).map(withoutSignedLinks));
}
