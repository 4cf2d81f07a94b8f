/** A URL of any scheme, in parts: up to the host with its credentials, what follows, and the query or fragment. */
const URL_PARTS =
	/(?<![a-z\d+.-])([a-z\d+.-]*:\/\/|https?:[/\\]*)([^\s"<>?#/\\]*)([^\s"<>?#]*)(?:[?#][^\s"'<>]*)?/gi;
/** A terminal's sequences: control sequences, and strings such as a window's title or a link. */
const ESCAPES =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
	/(?:\u001b\[|\u009b)[0-?]*[ -/]*(?!whsec_)[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)/g;
/** What moves a terminal's cursor, begins a line or turns its direction; line feeds and tabs are left. */
const CONTROL_CHARACTERS =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** A webhook endpoint's signing secret, as HeyGen writes it. */
const SIGNING_SECRET = /whsec_[\w+/=-]+/g;

/**
 * Makes a text that came from outside fit to be shown: no query of a URL (it may hold a presigned signature), no
 * credentials in a URL, no signing secret, none of the given secrets, no terminal escapes, no control or direction
 * characters, at most `longest` characters. Takes time in proportion to the text, whatever it holds.
 */
export function redact(text: string, secrets: readonly string[] = [], longest = 600): string {
	// Twice: an escape may take a secret's first letter with it, and one within a secret hides it.
	const readable = hide(text, secrets).replace(ESCAPES, "").replace(CONTROL_CHARACTERS, "").toWellFormed();
	const shown = hide(readable, secrets)
		.replace(SIGNING_SECRET, "[secret]")
		.replace(URL_PARTS, plainUrl)
		.trim();
	return shown.length > longest ? `${withoutHalf(shown.slice(0, longest))}…` : shown;
}

/** The longest first: one secret may hold another. */
function hide(text: string, secrets: readonly string[]): string {
	const given = secrets.filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
	return given.reduce((hidden, secret) => hidden.replaceAll(secret, "[secret]"), text);
}

const plainUrl = (_url: string, scheme: string, authority: string, path: string) =>
	`${scheme}${authority.slice(authority.lastIndexOf("@") + 1)}${path}`;

/** Without the first half of a character whose second half was cut off. */
const withoutHalf = (text: string) => (text.isWellFormed() ? text : text.slice(0, -1));
