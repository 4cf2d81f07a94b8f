import type { Problem, Values } from "../lifecycle.ts";
import { budgetProblems } from "./references.ts";

/** What is wrong with inputs that are right one by one. */
export function togetherProblems(inputs: Values): Problem[] {
	return [...durationProblems(inputs), ...budgetProblems(inputs)];
}

function durationProblems({ duration, autoDuration }: Values): Problem[] {
	return autoDuration === true && duration !== undefined
		? [
				{
					property: "duration",
					reason: "must be left out when autoDuration is true: HeyGen chooses the length.",
				},
			]
		: [];
}
