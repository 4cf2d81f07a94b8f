const URL_WITH_QUERY = /(https?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gi;
const CREDENTIALS_IN_URL = /(https?:\/\/)[^\s"'<>/@]+@/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** A webhook endpoint's signing secret, as HeyGen writes it. */
const SIGNING_SECRET = /\bwhsec_[\w+/=-]+/g;

/**
 * Makes a text that came from outside fit to be shown: no query of a URL (it may hold a presigned signature), no
 * credentials in a URL, no signing secret, none of the given secrets, no control or direction characters, at most
 * `longest` characters.
 */
export function redact(text: string, secrets: readonly string[] = [], longest = 600): string {
	let shown = text;
	for (const secret of secrets) {
		if (secret !== "") shown = shown.replaceAll(secret, "[secret]");
	}
	shown = shown
		.replace(SIGNING_SECRET, "[secret]")
		.replace(CREDENTIALS_IN_URL, "$1")
		.replace(URL_WITH_QUERY, "$1")
		.replace(CONTROL_CHARACTERS, "")
		.trim();
	return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
