import { nearest } from "../provider/inputs/problems.ts";

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
/** The name of a variable: a letter, then letters, digits, `_` and `-`. */
export const VARIABLE = /^[A-Za-z][\w-]*$/;

export interface Filled {
	text: string;
	/** What is wrong with its placeholders. */
	fault: string | undefined;
}

/** The names in a text's `{{…}}`, as far as they are names. */
export const namesIn = (text: string): string[] =>
	[...text.matchAll(PLACEHOLDER)]
		.map(([, inside = ""]) => inside.trim())
		.filter((name) => VARIABLE.test(name));

/** Puts values in the place of `{{name}}`. What a value holds is not looked at again. */
export function fill(text: string, values: ReadonlyMap<string, string>): Filled {
	const faults: string[] = [];
	if (/\{\{|\}\}/.test(text.replace(PLACEHOLDER, ""))) {
		faults.push("holds {{ or }} that belongs to no {{variable}}.");
	}
	const filled = text.replace(PLACEHOLDER, (placeholder, inside: string) => {
		const name = inside.trim();
		const value = values.get(name);
		if (value === undefined) faults.push(notDefined(name, placeholder, [...values.keys()]));
		return value ?? placeholder;
	});
	return { text: filled, fault: faults.length === 0 ? undefined : sentences([...new Set(faults)]) };
}

const sentences = (all: readonly string[]) =>
	all.map((one, at) => (at === 0 ? one : `${one.charAt(0).toUpperCase()}${one.slice(1)}`)).join(" ");

function notDefined(name: string, placeholder: string, names: readonly string[]): string {
	if (!VARIABLE.test(name)) {
		return `${placeholder} is no variable: a name is a letter, then letters, digits, _ and -.`;
	}
	const near = nearest(name, names);
	const meant = near === undefined ? `there are ${names.join(", ")}.` : `did you mean {{${near}}}?`;
	return `the variable ${placeholder} is not defined; ${meant}`;
}
