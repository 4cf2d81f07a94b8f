import { EMULATOR_LOOKS } from "../emulator/looks.ts";

/** What lies in the stack and at HeyGen before the user's change. */
export type Stage =
	/** An empty stack. */
	| "empty"
	/** Two videos, each rendered and with its file. */
	| "rendered"
	/** As `rendered`, with the option that keeps a replaced video at HeyGen. */
	| "retained"
	/** As `rendered`, with the option that forbids to replace the first video. */
	| "protected"
	/** An empty stack whose first video failed at HeyGen in an earlier run. */
	| "failed"
	/** As `rendered`, but the first video was deleted at HeyGen and a refresh has seen it. */
	| "deleted"
	/** One video that an earlier run has stopped to wait for. */
	| "unfinished";

/** Something that a user does to a stack, and what it must have come to when the last run is quiet. */
export interface Change {
	name: string;
	stage: Stage;
	/** The program of the run that meets the fault. */
	program: string;
	/** The program of the runs after it, where it is another one. */
	programAfter?: string;
	/** Flags of the run that meets the fault; `{urn}` is the first video's. */
	flags?: readonly string[];
	/** What the run is, where it is not `up`. */
	command?: "up" | "destroy";
	/** A command between the fault and the next `up`. */
	between?: readonly string[];
	/** Renders paid in the end, on top of the stage's. */
	renders: number;
	/** The videos in the stack in the end, by name. */
	videos: readonly string[];
	/** Videos at HeyGen in the end that the stack does not hold, because the user asked to keep them. */
	kept?: number;
	/** Whether a second stack of the same account runs beside it, with the same program. */
	secondStack?: boolean;
	/** Whether the run with the fault may end well or not, as it likes: it is refused by the engine. */
	refused?: boolean;
}

const VIDEO = {
	prompt: "A baker carries a tray through a bright kitchen; slow push-in.",
	avatarIds: [EMULATOR_LOOKS.studioDesk],
	duration: 4,
	references: [{ file: "brand/one.png" }, { file: "brand/two.png" }],
	wait: { timeout: "40s" },
};
const OTHER = { ...VIDEO, prompt: "A baker rests on a flour sack.", references: [] };

const video = (name: string, args: object, options = "{}") =>
	`const ${name} = new heygen.AvatarShotsVideo("${name}", ${JSON.stringify(args)}, ${options});
	new heygen.VideoFile("${name}-file", { videoId: ${name}.id, path: "dist/${name}.mp4" });`;

const program = (hero: object = {}, options = `{ replacementTrigger: "one" }`, side: object = {}) =>
	`${video("hero", { ...VIDEO, ...hero }, options)}\n${video("side", { ...OTHER, ...side })}`;

const ANOTHER = { prompt: "A baker opens the oven; warm light." };
export const STAGE_PROGRAMS: Readonly<Record<Stage, string>> = {
	empty: "",
	rendered: program(),
	retained: program({}, `{ replacementTrigger: "one", retainOnDelete: true }`),
	protected: program({}, `{ replacementTrigger: "one", protect: true }`),
	failed: program(),
	deleted: program(),
	unfinished: video("hero", { ...VIDEO, wait: { timeout: "1s" } }),
};

/** Renders paid before the change. */
export const STAGE_RENDERS: Readonly<Record<Stage, number>> = {
	empty: 0,
	rendered: 2,
	retained: 2,
	protected: 2,
	failed: 1,
	deleted: 2,
	unfinished: 1,
};

const both = ["hero", "side"];

/** The two that meet every fault at every place. */
export const MAIN_CHANGES: readonly [Change, Change] = [
	{ name: "two new videos", stage: "empty", program: program(), renders: 2, videos: both },
	{ name: "a changed prompt", stage: "rendered", program: program(ANOTHER), renders: 1, videos: both },
];

/** The others, which meet a choice of faults. */
export const OTHER_CHANGES: readonly Change[] = [
	{ name: "a revision", stage: "rendered", program: program({ revision: 2 }), renders: 1, videos: both },
	{
		name: "replacementTrigger",
		stage: "rendered",
		program: program({}, `{ replacementTrigger: "two" }`),
		renders: 1,
		videos: both,
	},
	{
		name: "--replace",
		stage: "rendered",
		program: program(),
		flags: ["--replace", "{urn}"],
		renders: 0,
		videos: both,
	},
	{
		name: "retainOnDelete",
		stage: "retained",
		program: program(ANOTHER, `{ replacementTrigger: "one", retainOnDelete: true }`),
		renders: 1,
		videos: both,
		kept: 1,
	},
	{
		name: "protect",
		stage: "protected",
		program: program(ANOTHER, `{ replacementTrigger: "one", protect: true }`),
		programAfter: program({}, `{ replacementTrigger: "one", protect: true }`),
		renders: 0,
		videos: both,
		refused: true,
	},
	{
		name: "a rename with an alias",
		stage: "rendered",
		program: program({}, `{ replacementTrigger: "one", aliases: [{ name: "hero" }] }`).replace(
			'("hero",',
			'("launch",',
		),
		renders: 0,
		videos: ["launch", "side"],
	},
	{
		name: "a rename and a change",
		stage: "rendered",
		program: program(ANOTHER, `{ replacementTrigger: "one", aliases: [{ name: "hero" }] }`).replace(
			'("hero",',
			'("launch",',
		),
		renders: 1,
		videos: ["launch", "side"],
	},
	{
		name: "--target one of two",
		stage: "rendered",
		program: program(ANOTHER, undefined, ANOTHER),
		flags: ["--target", "{urn}", "--target-dependents"],
		renders: 2,
		videos: both,
	},
	{
		name: "--continue-on-error",
		stage: "rendered",
		program: program(ANOTHER, undefined, { prompt: "A baker. [fail]" }),
		programAfter: program(ANOTHER, undefined, ANOTHER),
		flags: ["--continue-on-error"],
		renders: 2,
		videos: both,
	},
	{
		name: "a refresh before the next run",
		stage: "rendered",
		program: program(ANOTHER),
		between: ["refresh", "--yes", "--skip-preview"],
		renders: 1,
		videos: both,
	},
	{
		name: "fewer references",
		stage: "rendered",
		program: program({ references: [{ file: "brand/one.png" }] }),
		renders: 1,
		videos: both,
	},
	{
		name: "a moved file",
		stage: "rendered",
		program: program({ references: [{ file: "brand/moved/one.png" }, { file: "brand/two.png" }] }),
		renders: 0,
		videos: both,
	},
	{
		name: "a video taken out",
		stage: "rendered",
		program: video("side", OTHER),
		renders: 0,
		videos: ["side"],
	},
	{ name: "destroy", stage: "rendered", program: program(), command: "destroy", renders: 0, videos: [] },
	{
		name: "going on to wait",
		stage: "unfinished",
		program: video("hero", VIDEO),
		renders: 0,
		videos: ["hero"],
	},
	{ name: "after a failed render", stage: "failed", program: program(), renders: 1, videos: both },
	{ name: "after a deletion at HeyGen", stage: "deleted", program: program(), renders: 1, videos: both },
	{
		name: "two stacks of one account",
		stage: "empty",
		program: video("hero", VIDEO),
		secondStack: true,
		renders: 2,
		videos: ["hero"],
	},
];
