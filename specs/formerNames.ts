import type { Made } from "./check.ts";
import type { Combination } from "./expand.ts";
import type { Problems } from "./problem.ts";

/**
 * Settles under which names the stack may know each video. A name belongs to one video at most: to the one that has it
 * now, else to the one that says so itself, else to the first that may have had it.
 */
export function settleFormerNames(made: readonly Made[], problems: Problems): void {
	const now = new Map(made.map(({ video, combination }) => [video.name, combination.spec]));
	const claimed = new Map<string, Combination>();
	for (const { combination, video } of made) {
		for (const name of combination.formerNames) {
			const { source } = combination.spec;
			const other = now.get(name) ?? claimed.get(name)?.spec;
			if (other === undefined) {
				claimed.set(name, combination);
				video.formerNames.push(name);
			} else if (name !== video.name) {
				const of = other === combination.spec ? "this spec" : other.source.name;
				problems.add(source, ["formerName"], `${name} is the name of a video of ${of}, now or before.`);
			}
		}
	}
	for (const { combination, video } of made) {
		for (const name of combination.earlierNames) {
			if (now.has(name) || claimed.has(name)) continue;
			claimed.set(name, combination);
			video.formerNames.push(name);
		}
	}
}
