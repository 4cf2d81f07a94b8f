import * as pulumi from "@pulumi/pulumi";
import type { FunctionOptions } from "./options.ts";
import { withSecretLinks } from "./outputs.ts";

export interface GetVideoArgs {
	/** The video's id at HeyGen. */
	id: string;
}

/** As {@link GetVideoArgs}, where the value may be an output. */
export interface GetVideoOutputArgs {
	/** The video's id at HeyGen. */
	id: pulumi.Input<string>;
}

/** A video as HeyGen tells it. Of what it was made of only the title is known. */
export interface GetVideoResult {
	id: string;
	/** `completed`, `failed`, or a word for a render that goes on, such as `pending` and `processing`. */
	status: string;
	/** Without the mark that this package adds. */
	title: string | undefined;
	/** The MP4, presigned anew by this run and good for days; undefined until the video is completed. */
	videoUrl: string | undefined;
	/** The video's page at HeyGen, for people who are logged in. */
	videoPageUrl: string | undefined;
	/** A still of the video. */
	thumbnailUrl: string | undefined;
	/** A moving preview of the video. */
	gifUrl: string | undefined;
	/** The length of the finished video in seconds. */
	videoDuration: number | undefined;
	/** When HeyGen took the render, as an ISO 8601 date. */
	createdAt: string | undefined;
	/** When the render was completed, as an ISO 8601 date. */
	completedAt: string | undefined;
	/** HeyGen's word for why the render failed; may be undefined for a failed video too. */
	failureCode: string | undefined;
	failureMessage: string | undefined;
}

/**
 * One video with fresh links, which are plain texts here: wrap them in `pulumi.secret` before you export them, or use
 * {@link getVideoOutput}. Asked once a run for each id. Also runs in previews.
 *
 * @example
 * const { videoUrl } = await heygen.getVideo({ id: "5f0c2a9be1d84c7fa3b6d2107e94c815" });
 *
 * @throws a `pulumi.RunError` when the key's account does not have the video, for arguments that are wrong, and for a
 * missing key
 */
export async function getVideo(args: GetVideoArgs, options: FunctionOptions = {}): Promise<GetVideoResult> {
	const { answerVideo } = await import("./answers/video.ts");
	return answerVideo(args, options);
}

/**
 * {@link getVideo} with an id that may be an output; unknown as long as the id is. Links that HeyGen presigns are secrets,
 * and so is the whole result as soon as it holds one; `getVideoOutput(…).title` and the like stay plain.
 */
export function getVideoOutput(
	args: GetVideoOutputArgs,
	options: FunctionOptions = {},
): pulumi.Output<GetVideoResult> {
	return withSecretLinks(
		pulumi.output(args).apply((known) => getVideo(known, options)),
		FIELDS,
	);
}

const FIELDS = Object.keys({
	id: true,
	status: true,
	title: true,
	videoUrl: true,
	videoPageUrl: true,
	thumbnailUrl: true,
	gifUrl: true,
	videoDuration: true,
	createdAt: true,
	completedAt: true,
	failureCode: true,
	failureMessage: true,
} satisfies Record<keyof GetVideoResult, true>) as (keyof GetVideoResult)[];
