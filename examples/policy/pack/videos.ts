import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

const VIDEO = "pulumi-nodejs:dynamic/heygen:AvatarShotsVideo";

/** A rule for videos. `refuse` takes the rest of a sentence that begins with the video's name. */
export type VideoRule<Config> = (
	video: ResourceValidationArgs,
	config: Config,
	refuse: (message: string) => void,
) => void;

/**
 * Checks every video of the stack, those of a `VideoSet` too. What a rule reads and a preview does not know yet ends
 * the rule: the engine tells that as an advice, and the update checks it again before the video is submitted.
 */
export function forVideos<Config extends object>(rule: VideoRule<Config>): ResourceValidation {
	return (args, report) => {
		if (args.type !== VIDEO) return;
		try {
			rule(args, args.getConfig<Config>(), (message) => report(`Video "${args.name}" ${message}`));
		} catch (error) {
			if (isNotKnownYet(error)) {
				const input = inWords(error.props);
				error.message = `${input} of "${args.name}" is known only in the update. This is checked then, before the video is submitted.`;
			}
			throw error;
		}
	};
}

/** Visits all elements of a list, also those after one that is not known yet; only then it says that there is one. */
export function forEachKnown<Element>(list: readonly Element[], visit: (element: Element) => void): void {
	let notKnown: unknown;
	for (let index = 0; index < list.length; index += 1) {
		try {
			visit(list[index] as Element);
		} catch (error) {
			notKnown ??= error;
		}
	}
	if (notKnown !== undefined) throw notKnown;
}

/** An input by its path: `The second look` for the second of `avatarIds`. */
function inWords(path: string[]): string {
	const [input, place] = path;
	const ordinal = ["first", "second", "third"][Number(place)];
	return input === "avatarIds" && ordinal !== undefined ? `The ${ordinal} look` : path.join(".");
}

/** What the policy SDK throws where a rule reads a value that a preview does not know. */
function isNotKnownYet(error: unknown): error is Error & { props: string[] } {
	return error instanceof Error && "unknownTypeSentinel" in error && "props" in error;
}
