import { HeyGenError } from "../heygen/errors.ts";
import { AccountChanged } from "./account.ts";
import type { Lifecycle, Values } from "./lifecycle.ts";
import { failureOf } from "./shared.ts";

/** What a lifecycle is about, for failures that it does not tell itself. */
export interface Subject {
	/** As the beginning of a sentence: `Video 5f0c…`. */
	named(id: string): string;
	/** What a failed create left undone: a sentence without its end. */
	notMade(inputs: Values): string;
	/** The same of a failed update. @default that the named thing was not changed */
	notChanged?(id: string, inputs: Values): string;
}

/** Says of a call to HeyGen that failed what it was about, and that what the state holds is kept. */
export function withSubject<State extends object>(
	{ named, notMade, notChanged = (id) => `${named(id)} was not changed` }: Subject,
	lifecycle: Lifecycle<State>,
): Lifecycle<State> {
	return {
		...lifecycle,
		create: (inputs, context) => lifecycle.create(inputs, context).catch(tell(notMade(inputs))),
		read: (id, state, context) =>
			lifecycle.read(id, state, context).catch(tell(`${named(id)} was not read and stays in the state`)),
		update: (id, state, inputs, context) =>
			lifecycle.update(id, state, inputs, context).catch(tell(notChanged(id, inputs))),
		delete: (id, state, context) =>
			lifecycle.delete(id, state, context).catch(tell(`${named(id)} was not deleted and stays in the state`)),
	};
}

const tell = (what: string) => (error: unknown) => {
	throw error instanceof HeyGenError || error instanceof AccountChanged ? failureOf(what, error) : error;
};
