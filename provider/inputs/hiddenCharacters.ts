/**
 * Control characters but tabs and the ends of lines, and what turns a line's direction for more than a word: a terminal
 * obeys them instead of showing them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/** The most of them that are named. */
const MOST_NAMED = 4;

/**
 * A warning for those who read a preview: the engine prints a changed text of several lines as it is. Undefined for a text
 * without such characters.
 */
export function hiddenCharacters(property: string, text: string): string | undefined {
	const found = [...new Set(text.match(HIDDEN))];
	if (found.length === 0) return undefined;
	const named = found.slice(0, MOST_NAMED).map(nameOf).join(", ");
	return (
		`${property} holds characters that a terminal obeys instead of showing them (${named}${found.length > MOST_NAMED ? ", …" : ""}): ` +
		"what a diff shows of it may not be what is rendered."
	);
}

const nameOf = (character: string) =>
	`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
