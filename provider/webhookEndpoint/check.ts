import { KNOWN_EVENT_TYPES } from "../../heygen/schemas/webhookEndpoint.ts";
import { inputProblems, nearest } from "../inputs/problems.ts";
import type { Checked, Context, Problem, Values } from "../lifecycle.ts";
import { heldText } from "./failures.ts";
import { RULES } from "./inputs.ts";

/** Validates an endpoint's inputs. HeyGen adds event types: one that is not known here is a doubt and no problem. */
export function check(given: Values, olds: Values | undefined, context: Context): Checked {
	const problems = [
		...context.settings.problems,
		...inputProblems(given, RULES),
		...adoptProblems(given, context),
	];
	if (problems.length > 0) return { inputs: given, problems };
	if (olds !== undefined) context.renders.resources.remember(context.urn, olds);
	const accepted = listOf(olds?.["events"]);
	for (const [at, word] of listOf(given["events"]).entries()) {
		if (typeof word !== "string" || KNOWN_EVENT_TYPES.includes(word) || accepted.includes(word)) continue;
		context.warn(`events[${at}]: ${doubtAbout(word)}`);
	}
	return { inputs: given, problems };
}

function adoptProblems({ adoptEndpointId: id }: Values, { urn, renders }: Context): Problem[] {
	const holder = typeof id === "string" ? renders.resources.otherHolder(id, urn) : undefined;
	if (holder === undefined) return [];
	return [{ property: "adoptEndpointId", reason: heldText(String(id), holder) }];
}

function doubtAbout(word: string): string {
	const meant = nearest(word, KNOWN_EVENT_TYPES);
	const next =
		meant === undefined ? "getWebhookEventTypes() lists those of today." : `Did you mean ${meant}?`;
	return `"${word}" is not among the event types that this version knows. ${next}`;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
