import type { HeyGenRefusal } from "../../heygen/errors.ts";
import { refusesAllSubmits } from "../../heygen/refusals.ts";

/** Ends the submits of a run once HeyGen has refused one for a reason that is all the others' too: they are not sent. */
export function createStop() {
	let stopped: HeyGenRefusal | undefined;
	return {
		/** Takes note of what HeyGen refused in this run. */
		note(refusal: HeyGenRefusal): void {
			if (refusesAllSubmits(refusal)) stopped ??= refusal;
		},
		/** The refusal that ended the submits, where one did. */
		reason: (): HeyGenRefusal | undefined => stopped,
	};
}
