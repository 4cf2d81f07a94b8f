import { KNOWN_EVENT_TYPES } from "../../heygen/schemas/webhookEndpoint.ts";
import { inputProblems, nearest } from "../inputs/problems.ts";
import type { Checked, Context, Values } from "../lifecycle.ts";
import { RULES } from "./inputs.ts";

/** Validates an endpoint's inputs. An event type that this version does not know may be right: HeyGen adds some. */
export function check(given: Values, olds: Values | undefined, context: Context): Checked {
	const problems = [...context.settings.problems, ...inputProblems(given, RULES)];
	if (problems.length > 0) return { inputs: given, problems };
	if (olds !== undefined) context.renders.resources.remember(context.urn, olds);
	const events = Array.isArray(given["events"]) ? given["events"] : [];
	for (const [at, word] of events.entries()) {
		const doubt = typeof word === "string" ? doubtAbout(word) : undefined;
		if (doubt !== undefined) context.warn(`events[${at}]: ${doubt}`);
	}
	return { inputs: given, problems };
}

function doubtAbout(word: string): string | undefined {
	const known: readonly string[] = KNOWN_EVENT_TYPES;
	if (known.includes(word)) return undefined;
	const meant = nearest(word, known);
	const question = meant === undefined ? "getWebhookEventTypes() lists HeyGen's." : `Did you mean ${meant}?`;
	return `"${word}" is no event type that this version knows. ${question}`;
}
