import { z } from "zod";
import { Id, oneOf, WAIT_ALLOWED, Wait } from "../inputs/forms.ts";
import type { InputRules } from "../inputs/problems.ts";
import { KINDS } from "./content.ts";

/** The inputs of a video file as a user writes them. */
export const VideoFileInputs = z.strictObject({
	videoId: Id,
	path: z
		.string()
		.regex(/^\P{Cc}+$/u)
		.refine((path) => path.trim() !== ""),
	kind: z.enum(KINDS).default("video"),
	overwrite: z.boolean().default(false),
	allowOutside: z.boolean().default(false),
	wait: Wait.optional(),
});

/** The inputs after `check`: valid, defaults filled in. */
export type CheckedInputs = z.infer<typeof VideoFileInputs>;

/** How a video file's inputs are checked and told. */
export const RULES: InputRules = {
	schema: VideoFileInputs,
	allowed: {
		videoId: "a video's id",
		path: 'the path of a file without control characters, such as "dist/hero.mp4"',
		kind: oneOf(KINDS),
		overwrite: "true or false",
		allowOutside: "true or false",
		...WAIT_ALLOWED,
	},
	spellings: { file: "path", video: "videoId", type: "kind", force: "overwrite" },
};
