import * as pulumi from "@pulumi/pulumi";
import type { AvatarLook, GetAvatarLooksArgs, GetAvatarLooksOutputArgs } from "./getAvatarLooks.ts";
import type { FunctionOptions } from "./options.ts";
import { withoutSignedLinks } from "./outputs.ts";

/** Which look is meant: exactly one of `id` and `name`. The filters narrow a name down and do not go with an id. */
export interface GetAvatarLookArgs extends GetAvatarLooksArgs {
	/** The id of a look (not of an avatar group). */
	id?: string | undefined;
	/** The name to the letter. */
	name?: string | undefined;
}

/** As {@link GetAvatarLookArgs}, where each value may be an output. */
export interface GetAvatarLookOutputArgs extends GetAvatarLooksOutputArgs {
	/** The id of a look (not of an avatar group). */
	id?: pulumi.Input<string | undefined>;
	/** The name to the letter. */
	name?: pulumi.Input<string | undefined>;
}

/**
 * One look, by its id or by its exact name. By name it costs the same request as `getAvatarLooks` with the same filters,
 * once a run, however many ask. Also runs in previews.
 *
 * @example
 * const presenter = await heygen.getAvatarLook({ name: "Our presenter", ownership: "private" });
 * new heygen.AvatarShotsVideo("hero", { prompt, avatarIds: [presenter.id] });
 *
 * @throws a `pulumi.RunError` when no look or more than one has the name (it lists the candidates), when HeyGen does not
 * know the id, for arguments that are wrong, and for a missing key
 */
export async function getAvatarLook(
	args: GetAvatarLookArgs,
	options: FunctionOptions = {},
): Promise<AvatarLook> {
	const { answerAvatarLook } = await import("./answers/avatarLook.ts");
	return answerAvatarLook(args, options);
}

/** {@link getAvatarLook} with arguments that may be outputs; unknown as long as one of them is. */
export function getAvatarLookOutput(
	args: GetAvatarLookOutputArgs,
	options: FunctionOptions = {},
): pulumi.Output<AvatarLook> {
	return pulumi.output(args).apply(async (known) => withoutSignedLinks(await getAvatarLook(known, options)));
}
