import * as pulumi from "@pulumi/pulumi";
import { HeyGenResource, isOfType } from "./heyGenResource.ts";

const TYPE = "VideoFile";

export interface VideoFileWait {
	/**
	 * How long one run waits for a render that is not completed yet, as `90s`, `60m` or `1h30m`; from 1s to 24h.
	 * @default "60m"
	 */
	timeout?: pulumi.Input<string>;
}

/** The inputs of a video's file. Fetching is free of charge, whatever changes. */
export interface VideoFileArgs {
	/** The video whose file it is: usually the `id` of an `AvatarShotsVideo`. A change replaces the bytes in place. */
	videoId: pulumi.Input<string>;
	/**
	 * Where the file is written, from the program's folder, such as `dist/hero.mp4`. Missing folders are made; the path
	 * stays within the program's folder, also where it leads through symbolic links. A change writes the new file, then
	 * removes the old one.
	 */
	path: pulumi.Input<string>;
	/** What of the video: the MP4, its still, or its moving preview. A change replaces the bytes in place. @default "video" */
	kind?: pulumi.Input<"video" | "thumbnail" | "gif">;
	/**
	 * Whether a file that is there and was not written by this resource may be replaced. One with the same bytes is taken
	 * over in any case.
	 * @default false
	 */
	overwrite?: pulumi.Input<boolean>;
	/** Whether the path may lead out of the program's folder. @default false */
	allowOutside?: pulumi.Input<boolean>;
	/** How long a run waits for a render that is not completed yet. */
	wait?: pulumi.Input<VideoFileWait>;
}

/**
 * The file of a finished video on this machine's disk. It is written whole or not at all, written again when it is
 * missing or altered, and removed with the resource if it is still the one that was written.
 *
 * @example
 * const file = new heygen.VideoFile("hero", { videoId: hero.id, path: "dist/hero.mp4" });
 * new aws.s3.BucketObjectv2("hero", { bucket: site.id, key: "hero.mp4", source: file.asset, contentType: file.mimeType });
 */
export class VideoFile extends HeyGenResource {
	declare readonly videoId: pulumi.Output<string>;
	declare readonly path: pulumi.Output<string>;
	declare readonly kind: pulumi.Output<"video" | "thumbnail" | "gif">;
	declare readonly overwrite: pulumi.Output<boolean>;
	declare readonly allowOutside: pulumi.Output<boolean>;

	/** The SHA-256 of the bytes that were written, in hex. */
	declare readonly sha256: pulumi.Output<string>;
	declare readonly sizeBytes: pulumi.Output<number>;
	/** As the bytes show it, such as `video/mp4`. */
	declare readonly mimeType: pulumi.Output<string>;
	/** When the file was written, in unix milliseconds: what spares the next run reading it. */
	declare readonly mtimeMs: pulumi.Output<number>;
	/** The user name of the HeyGen account that the video was taken from. */
	declare readonly account: pulumi.Output<string>;
	/** What the last refresh found; undefined while the file is as it was written. The next `pulumi up` mends it. */
	declare readonly drift: pulumi.Output<"missing" | "altered" | undefined>;
	/** The form of the state, for later versions of this package. */
	declare readonly stateVersion: pulumi.Output<number>;

	/**
	 * The file for other providers' resources, such as a bucket object. Known as soon as the file is written: a preview of a
	 * file that is still to be fetched does not look for it.
	 */
	get asset(): pulumi.Output<pulumi.asset.Asset> {
		return pulumi.all([this.path, this.sha256]).apply(([path]) => new pulumi.asset.FileAsset(path));
	}

	/** Whether a value is a video's file, of whichever copy of this package. */
	static override isInstance(value: unknown): value is VideoFile {
		return isOfType(value, TYPE);
	}

	constructor(name: string, args: VideoFileArgs, opts?: pulumi.CustomResourceOptions) {
		super(TYPE, name, args, opts, { outputs: OUTPUTS });
	}
}

const OUTPUTS = [
	"videoId",
	"path",
	"kind",
	"overwrite",
	"allowOutside",
	"sha256",
	"sizeBytes",
	"mimeType",
	"mtimeMs",
	"account",
	"drift",
	"stateVersion",
];
