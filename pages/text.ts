/** What a reader cannot see, or what turns the direction of what follows; line feeds and tabs are left. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/gu;

/** A text from outside, fit to be read: what it hides shows as its code point, such as `[U+202E]`. */
export function visible(text: string): string {
	return text.toWellFormed().replace(/\r\n?/g, "\n").replace(HIDDEN, codePoint);
}

/** At most `longest` UTF-16 units of a text, and what it hides shown. */
export function excerpt(text: string, longest: number): string {
	if (text.length <= longest) return visible(text);
	const half = /[\ud800-\udbff]$/.test(text.slice(0, longest));
	return `${visible(text.slice(0, half ? longest - 1 : longest))}…`;
}

/** A URL without what may be a secret in it: its query, its fragment, a user name and a password. */
export function plainUrl(url: string): string {
	const [address = "", ...more] = url.split(/[?#]/);
	const shown = address.replace(/^([a-z\d+.-]*:)([/\\]*)[^/\\]*@/i, "$1$2");
	return excerpt(more.length > 0 ? `${shown}?…` : shown, 300);
}

function codePoint(character: string): string {
	return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
