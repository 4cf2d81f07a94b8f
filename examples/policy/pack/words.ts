/** The words and phrases of the list that the text has, whole and however they are written. */
export function wordsIn(text: string, words: readonly string[]): string[] {
	const searched = folded(text);
	return words.filter((word) => wholeWord(folded(word)).test(searched));
}

/** The same text for all ways to write it: capitals, composed letters, full width, soft hyphens, line breaks. */
function folded(text: string): string {
	const composed = text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
	return composed.toUpperCase().toLowerCase().normalize("NFKC").replace(/\s+/gu, " ").trim();
}

function wholeWord(word: string): RegExp {
	const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
	return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${literal}(?![\\p{L}\\p{M}\\p{N}])`, "u");
}
