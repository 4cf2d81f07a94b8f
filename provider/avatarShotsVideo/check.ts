import { LIMITS } from "../../heygen/schemas/videoRequest.ts";
import { FIRST_RENDER } from "../capSettings.ts";
import { hiddenCharacters } from "../inputs/hiddenCharacters.ts";
import { inputProblems } from "../inputs/problems.ts";
import { isKey } from "../keys.ts";
import { type Checked, type Context, type Problem, unknown, type Values } from "../lifecycle.ts";
import { heldText } from "./failures.ts";
import { RULES } from "./inputs.ts";
import { asWritten, type References, withContent } from "./referenceContent.ts";
import { canonicalRender, sameRevision } from "./renderRequest.ts";
import { keyOfNewTake, submissionKey } from "./submissionKey.ts";
import { togetherProblems } from "./together.ts";

/** What `check` adds itself and therefore finds among the old inputs. */
const ADDED = "submissionKey";

/** Validates a video's inputs, fills in defaults and settles the key under which the render is submitted. */
export async function check(given: Values, olds: Values | undefined, context: Context): Promise<Checked> {
	const { references } = given;
	const read = Array.isArray(references) ? await withContent(references, olds, context) : undefined;
	return checkWith(read, given, olds, context);
}

/** The part that needs no file; `read` is what the references were found to be. */
export function checkWith(
	read: References | undefined,
	given: Values,
	olds: Values | undefined,
	context: Context,
): Checked {
	const written = withoutAdded(given);
	const known = read === undefined ? written : { ...written, references: read.references };
	const problems = [
		...context.settings.problems,
		...inputProblems(written, RULES),
		...(read?.problems ?? []),
		...togetherProblems(known),
		...adoptProblems(written, context),
	];
	const inputs = withDefaults(known);
	if (problems.length > 0) return { inputs, problems };
	context.renders.quiet.heard();
	if (olds !== undefined) context.renders.resources.remember(context.urn, olds);
	warnOfHidden(inputs, olds, context);
	const key = keyFor(inputs, olds, context);
	if (key === undefined) return { inputs, problems };
	return { inputs: { ...inputs, [ADDED]: key, ...firstRender(key, olds, context) }, problems };
}

/** Inputs as a user writes them: with `ignoreChanges` the engine hands back what an earlier check has made of them. */
function withoutAdded(given: Values): Values {
	const { [ADDED]: key, ...rest } = given;
	const written = isKey(key) ? rest : given;
	const { references } = written;
	return Array.isArray(references) ? { ...written, references: references.map(asWritten) } : written;
}

/**
 * Where renders are limited: marks, for a program's preview, a new video whose key is not known yet. An existing one may turn
 * out unchanged.
 */
function firstRender(key: unknown, olds: Values | undefined, { urn, renders }: Context): Values {
	const isNew = olds === undefined && renders.resources.remembered(urn) === undefined;
	return key === unknown && isNew && renders.cap.most !== undefined ? { [FIRST_RENDER]: true } : {};
}

/** Once for each text: who wrote it into the state has seen the warning. */
function warnOfHidden(inputs: Values, olds: Values | undefined, { warn }: Context): void {
	for (const name of ["prompt", "title"] as const) {
		const text = inputs[name];
		if (typeof text !== "string" || text === olds?.[name]) continue;
		const warning = hiddenCharacters(name, text);
		if (warning !== undefined) warn(warning);
	}
}

function withDefaults(given: Values): Values {
	const { autoDuration = false } = given;
	return {
		...given,
		aspectRatio: given["aspectRatio"] ?? "16:9",
		resolution: given["resolution"] ?? "720p",
		autoDuration,
		enhancePrompt: given["enhancePrompt"] ?? false,
		...(autoDuration === false ? { duration: given["duration"] ?? LIMITS.duration.default } : {}),
	};
}

/**
 * The key to submit with: kept while nothing that renders has changed, so that no upgrade of this package can ask for
 * a render; undefined when an existing video is adopted.
 *
 * The engine checks a replacement twice, the second time without old inputs. What the first time showed is remembered:
 * with it an unchanged request is a new take that the user asked for, and an adopted video is adopted only once. One
 * that was lost is asked for under its own key, as by a run after a refresh has taken it out of the state: the chain leads on.
 */
function keyFor(inputs: Values, olds: Values | undefined, { urn, settings, renders }: Context) {
	const render = canonicalRender(inputs);
	const before = olds ?? renders.resources.remembered(urn);
	const unchanged =
		before !== undefined && canonicalRender(before) === render && sameRevision(before, inputs);
	const oldKey = typeof before?.[ADDED] === "string" ? before[ADDED] : undefined;

	if (olds !== undefined && unchanged) return oldKey;
	const { adoptVideoId } = inputs;
	if (adoptVideoId !== undefined && adoptVideoId !== before?.["adoptVideoId"]) return undefined;
	const asNamed = canonicalRender(byName(inputs));
	if (asNamed === unknown || inputs["revision"] === unknown) return unknown;
	if (unchanged && oldKey !== undefined) {
		return renders.resources.seen(urn)?.lost ? oldKey : keyOfNewTake(oldKey);
	}
	const { revision } = inputs as { revision?: string | number };
	return submissionKey({ urn, keyScope: settings.keyScope, render: asNamed, revision });
}

/**
 * With every asset by its id alone, as the request names it: a run that happens not to know its bytes must submit under
 * the same key as the one that it repeats.
 */
function byName(inputs: Values): Values {
	const { references } = inputs;
	if (!Array.isArray(references)) return inputs;
	const named = (references as Values[]).map((reference) =>
		typeof reference?.["assetId"] === "string" ? { assetId: reference["assetId"] } : reference,
	);
	return { ...inputs, references: named };
}

function adoptProblems({ adoptVideoId }: Values, { urn, renders }: Context): Problem[] {
	if (typeof adoptVideoId !== "string") return [];
	const holder = renders.resources.otherHolder(adoptVideoId, urn);
	return holder === undefined ? [] : [{ property: "adoptVideoId", reason: heldText(adoptVideoId, holder) }];
}
