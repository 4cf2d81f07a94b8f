import type * as pulumi from "@pulumi/pulumi";
import { HeyGenResource, isOfType } from "./heyGenResource.ts";
import { currentPlan, PLAN_OUTPUTS } from "./plannedRenders.ts";

const TYPE = "AvatarShotsVideo";

/** A picture, clip or sound for the render to follow; each entry uses exactly one of its four forms. */
export interface AvatarShotsVideoReference {
	/**
	 * A public https URL without a user name or password that ends in the file's true extension; HeyGen fetches it once, at
	 * the submit.
	 */
	url?: pulumi.Input<string>;
	/** The id of a file that was uploaded to HeyGen, such as `logo.id` of an `Asset`. */
	assetId?: pulumi.Input<string>;
	/**
	 * The path of a file, from the program's folder on. It is uploaded with the submit, once for all videos that use it, and
	 * stays in the account. The video depends on the file's bytes, not on where it lies.
	 */
	file?: pulumi.Input<string>;
	/** The bytes of a small file. They are kept in the stack's state as an input; prefer a URL or an asset. */
	base64?: pulumi.Input<string>;
	/** The type of `base64`, such as `image/png`; image, video or audio. */
	mediaType?: pulumi.Input<string>;
}

export interface AvatarShotsVideoWait {
	/**
	 * How long one run waits for the render, as `90s`, `60m` or `1h30m`; from 1s to 24h. On reaching it the render goes on
	 * at HeyGen, and the next `pulumi up` goes on waiting for it.
	 * @default "60m", or `customTimeouts.create` of the resource's options
	 */
	timeout?: pulumi.Input<string>;
}

/**
 * The inputs of an avatar-shots video. A change of what makes the picture (`prompt`, `avatarIds`, `references`,
 * `aspectRatio`, `resolution`, `duration`, `autoDuration`, `enhancePrompt`, `revision`) renders a new video, which costs
 * money; a change of anything else is free.
 */
export interface AvatarShotsVideoArgs {
	/** What happens in the video: 1 to 10,000 characters, counted as Unicode code points. */
	prompt: pulumi.Input<string>;
	/** The ids of one to three different avatar looks (not avatar groups). Their order counts. */
	avatarIds: pulumi.Input<pulumi.Input<string>[]>;
	/**
	 * Pictures, clips and sounds for the render to follow: together with the looks at most 9 images (a look counts as
	 * one) and 3 videos.
	 * @default none
	 */
	references?: pulumi.Input<pulumi.Input<AvatarShotsVideoReference>[]>;
	/** The shape of the picture. @default "16:9" */
	aspectRatio?: pulumi.Input<"16:9" | "9:16" | "1:1">;
	/** The length of the picture's shorter side. @default "720p" */
	resolution?: pulumi.Input<"720p" | "1080p">;
	/** The video's length in whole seconds, 4 to 15; not together with `autoDuration: true`. @default 10 */
	duration?: pulumi.Input<number>;
	/** Whether HeyGen chooses the length. @default false */
	autoDuration?: pulumi.Input<boolean>;
	/** Whether HeyGen rewrites the prompt before it renders. @default false */
	enhancePrompt?: pulumi.Input<boolean>;
	/**
	 * The title at HeyGen, where a mark such as ` [ph3f9a2c1b04d7]` is added unless `heygen:markTitles` is false. HeyGen
	 * cannot rename a video: a change is used at the next render.
	 * @default none: at HeyGen the resource's name and the mark
	 */
	title?: pulumi.Input<string>;
	/**
	 * A public https URL without a user name or password that HeyGen calls, unsigned, when the render has ended.
	 * @default none
	 */
	callbackUrl?: pulumi.Input<string>;
	/** A text that the call to `callbackUrl` repeats. @default none */
	callbackId?: pulumi.Input<string>;
	/** Any number or text; a change asks for a new take of the same video. @default none */
	revision?: pulumi.Input<string | number>;
	/** How long a run waits for the render. A change is free. */
	wait?: pulumi.Input<AvatarShotsVideoWait>;
	/**
	 * The id of a video that exists at HeyGen, to be managed from now on instead of rendering one: the way to import, since
	 * `pulumi import` cannot reach a dynamic provider. Taking the input away again changes nothing.
	 * @default none
	 */
	adoptVideoId?: pulumi.Input<string>;
}

/**
 * One avatar-shots video at HeyGen: submitted once, waited for, and kept as it is until what makes the picture changes.
 *
 * @example
 * new heygen.AvatarShotsVideo("hero", {
 *     prompt: "A baker carries a tray through a bright kitchen; slow push-in.",
 *     avatarIds: ["3c1d0e5fa9b24d13b7c6a8d4e2f01975"],
 * });
 */
export class AvatarShotsVideo extends HeyGenResource {
	declare readonly prompt: pulumi.Output<string>;
	declare readonly avatarIds: pulumi.Output<string[]>;
	/**
	 * As given, with `sha256` and `mediaType` where the bytes are known: of a `file`, of an `Asset` of this stack, and of
	 * `base64`, which itself is not kept.
	 */
	declare readonly references: pulumi.Output<Record<string, string>[] | undefined>;
	declare readonly aspectRatio: pulumi.Output<"16:9" | "9:16" | "1:1">;
	declare readonly resolution: pulumi.Output<"720p" | "1080p">;
	/** The length that was asked for, in seconds; undefined with `autoDuration`. */
	declare readonly duration: pulumi.Output<number | undefined>;
	declare readonly autoDuration: pulumi.Output<boolean>;
	declare readonly enhancePrompt: pulumi.Output<boolean>;
	declare readonly title: pulumi.Output<string | undefined>;
	declare readonly callbackUrl: pulumi.Output<string | undefined>;
	declare readonly callbackId: pulumi.Output<string | undefined>;
	declare readonly revision: pulumi.Output<string | number | undefined>;

	/** HeyGen's word: `completed` after every successful run. */
	declare readonly status: pulumi.Output<string>;
	/** The MP4. A secret: presigned, good for days, renewed by `pulumi refresh` when it has expired or soon will. */
	declare readonly videoUrl: pulumi.Output<string | undefined>;
	/** The video's page at HeyGen, for people who are logged in. */
	declare readonly videoPageUrl: pulumi.Output<string | undefined>;
	/** A still of the video. A secret where HeyGen presigns it. */
	declare readonly thumbnailUrl: pulumi.Output<string | undefined>;
	/** A moving preview of the video. A secret where HeyGen presigns it. */
	declare readonly gifUrl: pulumi.Output<string | undefined>;
	/** The length of the finished video in seconds; a float, about a tenth of a second over what was asked for. */
	declare readonly videoDuration: pulumi.Output<number | undefined>;
	/** When HeyGen took the render, as an ISO 8601 date. */
	declare readonly createdAt: pulumi.Output<string | undefined>;
	/** When the render was completed, as an ISO 8601 date. */
	declare readonly completedAt: pulumi.Output<string | undefined>;
	/** The user name of the HeyGen account that holds the video. */
	declare readonly account: pulumi.Output<string>;
	/** The form of the state, for later versions of this package. */
	declare readonly stateVersion: pulumi.Output<number>;

	/**
	 * Looks an existing video up without managing it. Nothing is rendered, changed or deleted; of the inputs only the
	 * title is known, without its mark.
	 */
	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		opts?: pulumi.CustomResourceOptions,
	): AvatarShotsVideo {
		return new AvatarShotsVideo(name, undefined, { ...opts, id });
	}

	/** Whether a value is an avatar-shots video, of whichever copy of this package. */
	static override isInstance(value: unknown): value is AvatarShotsVideo {
		return isOfType(value, TYPE);
	}

	constructor(name: string, args: AvatarShotsVideoArgs, opts?: pulumi.CustomResourceOptions);
	/** @internal for `get` */
	constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
	constructor(name: string, args: AvatarShotsVideoArgs | undefined, opts?: pulumi.CustomResourceOptions) {
		const given = args === undefined ? {} : { ...args, ...waitOf(args, opts) };
		const plan = args === undefined ? undefined : currentPlan();
		const added = plan === undefined ? ["submissionKey"] : PLAN_OUTPUTS;
		const outputs = plan === undefined ? OUTPUTS : [...OUTPUTS, ...PLAN_OUTPUTS];
		super(TYPE, name, given, opts, { outputs, secrets: ["videoUrl"], added });
		plan?.add(name, this);
	}
}

const OUTPUTS = [
	"prompt",
	"avatarIds",
	"references",
	"aspectRatio",
	"resolution",
	"duration",
	"autoDuration",
	"enhancePrompt",
	"title",
	"callbackUrl",
	"callbackId",
	"revision",
	"status",
	"videoUrl",
	"videoPageUrl",
	"thumbnailUrl",
	"gifUrl",
	"videoDuration",
	"createdAt",
	"completedAt",
	"account",
	"stateVersion",
];

/** The engine does not hand `customTimeouts` to a dynamic provider, so what it says about a create is made an input. */
function waitOf({ wait }: AvatarShotsVideoArgs, opts: pulumi.CustomResourceOptions | undefined) {
	const timeout = opts?.customTimeouts?.create;
	return wait === undefined && timeout !== undefined ? { wait: { timeout } } : {};
}
