import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Html } from "./parts.ts";
import { STYLE } from "./style.ts";
import { visible } from "./text.ts";

/** What a page is made of. */
export interface Page {
	readonly title: string;
	/** Landmarks: `header`, `main` and so on. */
	readonly body: Html;
	/** Runs at the end of the page. Ours, never with a text from outside in it. */
	readonly script?: string;
	/** The content policy of a page that no server sends; it stands in the head. */
	readonly policy?: string;
	/** What wrote a page that is kept as a file. */
	readonly generator?: string;
}

/** A whole HTML page. */
export function htmlPage({ title, body, script, policy, generator }: Page): Html {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy === undefined ? "" : html`<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${generator === undefined ? "" : html`<meta name="generator" content="${generator}">`}
<title>${visible(title)}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
${body}
${script === undefined ? "" : html`<script>${raw(script)}</script>`}
</body>
</html>
`;
}

/**
 * The `Content-Security-Policy` of a page: nothing but its own style and script, and media from `media`.
 * `frame-ancestors` only counts in a header.
 */
export function contentPolicy({
	script,
	media,
}: {
	readonly script?: string;
	readonly media: string;
}): string {
	return [
		"default-src 'none'",
		`style-src '${hashOf(STYLE)}'`,
		...(script === undefined ? [] : [`script-src '${hashOf(script)}'`, "connect-src 'self'"]),
		`img-src ${media} data:`,
		`media-src ${media} data:`,
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
}

function hashOf(text: string): string {
	return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
