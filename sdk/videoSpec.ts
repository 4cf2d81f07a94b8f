/** A variable's value. */
export type VideoSpecVariable = string | number | boolean;

/** One video, or one for each combination of `matrix`, as a spec file holds it: plain values, no outputs. */
export interface VideoSpec {
	/** Another spec file with shared defaults, from the program's folder on. @default none */
	extends?: string;
	/** What the video is called in the stack and in `{{name}}`. @default the key, where the specs are a record */
	name?: string;
	/** What the spec was called before: its videos are kept instead of rendered anew. @default none */
	formerName?: string | readonly string[];
	/** What happens in the video, with variables as `{{name}}`: 1 to 10,000 characters, as Unicode code points. */
	prompt?: string;
	/** What follows the prompt, after a space. @default none */
	promptSuffix?: string;
	/** The ids of one to three different avatar looks. Their order counts. */
	avatarIds?: readonly string[];
	/** The names of one to three different avatar looks, in place of `avatarIds`. */
	looks?: readonly string[];
	/** As in `AvatarShotsVideoArgs`; files from the program's folder on. @default none */
	references?: readonly Readonly<
		Partial<Record<"url" | "assetId" | "file" | "base64" | "mediaType", string>>
	>[];
	/** @default "16:9" */
	aspectRatio?: "16:9" | "9:16" | "1:1";
	/** @default "720p" */
	resolution?: "720p" | "1080p";
	/** In whole seconds, 4 to 15; not together with `autoDuration: true`. @default 10 */
	duration?: number;
	/** @default false */
	autoDuration?: boolean;
	/** @default false */
	enhancePrompt?: boolean;
	/** With variables as in the prompt. @default none: at HeyGen the resource's name and the mark */
	title?: string;
	/** @default none */
	callbackUrl?: string;
	/** @default none */
	callbackId?: string;
	/** @default none */
	revision?: string | number;
	/** How long a run waits for the render, such as `60m`. */
	wait?: { readonly timeout?: string };
	/** @default none */
	adoptVideoId?: string;
	/** What `{{…}}` stands for. @default none */
	vars?: Readonly<Record<string, VideoSpecVariable>>;
	/** Lists of values for inputs and variables: one video for each combination. @default none */
	matrix?: Readonly<Record<string, readonly unknown[]>>;
	/** Combinations that are left out: those that have all values of one entry. @default none */
	exclude?: readonly Readonly<Record<string, unknown>>[];
	/** Where the finished video is written, from the program's folder on, such as `dist/{{name}}.mp4`. @default nowhere */
	download?: string;
}
