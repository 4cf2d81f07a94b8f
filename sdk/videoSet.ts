import { createRequire } from "node:module";
import { extname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AvatarShotsVideo, type AvatarShotsVideoArgs } from "./avatarShotsVideo.ts";
import { lookIdOf } from "./specLooks.ts";
import { VideoFile } from "./videoFile.ts";
import type { VideoSpec } from "./videoSpec.ts";

const TYPE = "heygen:index:VideoSet";

type SpecsModule = typeof import("../specs/index.ts");
type SpecVideo = import("../specs/index.ts").SpecVideo;

/** What a set of videos is made of. */
export interface VideoSetArgs {
	/**
	 * The specs: a file, a folder (all `*.video.yaml` in it), a glob, or a list of these, from the program's folder on; or the
	 * specs themselves, as a list of objects with names or as a record of objects by name.
	 */
	specs: string | readonly (string | VideoSpec)[] | Readonly<Record<string, VideoSpec>>;
	/** The most videos that the specs may describe: a matrix that grows by mistake ends the program. @default 5000 */
	maxVideos?: number;
}

/**
 * All videos that a set of spec files describes: one `AvatarShotsVideo` for each combination of a spec's matrix, called by
 * the set's name and its own, and one `VideoFile` where the spec says `download`. The options are those of a component;
 * `retainOnDelete` and `customTimeouts` count for each video.
 *
 * @example
 * const spring = new heygen.VideoSet("spring", { specs: "videos/**\/*.video.yaml" });
 * export const pages = spring.videoPageUrls;
 *
 * @throws a `pulumi.RunError` that tells all that is wrong with the specs, before anything is registered
 */
export class VideoSet extends pulumi.ComponentResource {
	/** The videos by their names in the specs, such as `launch-16x9-Lisbon`. */
	readonly videos: Readonly<Record<string, AvatarShotsVideo>>;
	/** The files that `download` asks for, by the names of their videos. */
	readonly files: Readonly<Record<string, VideoFile>>;
	/** The ids of the videos at HeyGen, by their names. */
	readonly videoIds: pulumi.Output<Record<string, string>>;
	/** The videos' pages at HeyGen, by their names; for people who are logged in. */
	readonly videoPageUrls: pulumi.Output<Record<string, string | undefined>>;

	/** Whether a value is a set of videos, of whichever copy of this package. */
	static override isInstance(value: unknown): value is VideoSet {
		return (
			pulumi.ComponentResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === TYPE
		);
	}

	constructor(name: string, args: VideoSetArgs, opts: pulumi.ComponentResourceOptions = {}) {
		const described = videosOf(name, args);
		super(TYPE, name, {}, opts);

		const videos: Record<string, AvatarShotsVideo> = {};
		const files: Record<string, VideoFile> = {};
		for (const spec of described) {
			const child = {
				parent: this,
				aliases: spec.formerNames.map((former) => ({ name: `${name}-${former}` })),
			};
			const video = new AvatarShotsVideo(`${name}-${spec.name}`, argsOf(spec), {
				...child,
				...lasting(opts),
			});
			videos[spec.name] = video;
			if (spec.download === undefined) continue;
			const file = { videoId: video.id, path: spec.download };
			files[spec.name] = new VideoFile(`${name}-${spec.name}`, file, child);
		}
		this.videos = videos;
		this.files = files;
		this.videoIds = byName(videos, ({ id }) => id);
		this.videoPageUrls = byName(videos, ({ videoPageUrl }) => videoPageUrl);
		this.registerOutputs({ videoIds: this.videoIds, videoPageUrls: this.videoPageUrls });
	}
}

/** Reads the specs, or ends the program with all that is wrong with them. */
function videosOf(name: string, { specs, maxVideos }: VideoSetArgs): SpecVideo[] {
	const { loadSpecs, MOST_VIDEOS, projectFolder, lineOf } = loadModule();
	const program = process.cwd();
	const project = projectFolder(program);
	const mostVideos = maxVideos ?? MOST_VIDEOS;
	const { videos, problems, ok } = loadSpecs(specs, { folder: program, program, project, mostVideos });
	if (ok) {
		for (const problem of problems) pulumi.log.warn(`VideoSet ${name}: ${lineOf(problem)}`);
		return videos;
	}
	const told = new pulumi.RunError(`VideoSet ${name}:\n${problems.map(lineOf).join("\n")}`);
	throw Object.assign(told, { stack: "" });
}

/** Loaded by the first set, so that a program without one loads neither YAML nor schemas; at once, as constructors must. */
const loadModule = () =>
	createRequire(import.meta.url)(`../specs/index${extname(import.meta.url)}`) as SpecsModule;

/** The types are what `loadSpecs` has checked. */
function argsOf(video: SpecVideo): AvatarShotsVideoArgs {
	const { inputs, looks } = video;
	const args = inputs as unknown as AvatarShotsVideoArgs;
	return looks === undefined
		? args
		: {
				...args,
				avatarIds: looks.map((look) => pulumi.output(look).apply((known) => lookIdOf(known, video))),
			};
}

/** The options of a component that the SDK does not hand down, and that a video of a set cannot be given otherwise. */
function lasting({ retainOnDelete, customTimeouts }: pulumi.ComponentResourceOptions) {
	return {
		...(retainOnDelete === undefined ? {} : { retainOnDelete }),
		...(customTimeouts === undefined ? {} : { customTimeouts }),
	};
}

function byName<T>(
	videos: Readonly<Record<string, AvatarShotsVideo>>,
	pick: (video: AvatarShotsVideo) => pulumi.Output<T>,
): pulumi.Output<Record<string, T>> {
	const entries = Object.entries(videos).map(([name, video]) => [name, pick(video)]);
	return pulumi.output(Object.fromEntries(entries)) as pulumi.Output<Record<string, T>>;
}
