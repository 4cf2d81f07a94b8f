import { html } from "hono/html";
import { excerpt, visible } from "./text.ts";

/** A piece of a page: everything that was put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** A moment in unix milliseconds, for people and for machines. */
export function moment(ms: number): Html {
	const iso = new Date(ms).toISOString().slice(0, 19);
	return html`<time datetime="${iso}Z">${iso.replace("T", " ")} UTC</time>`;
}

/** US dollars. */
export function usd(amount: number): string {
	return `USD ${amount.toFixed(2)}`;
}

/** A number with its noun: `1 video`, `2 videos`. */
export function count(number: number, noun: string): string {
	return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** Names and their values; those without a value are left out. */
export function facts(list: readonly (readonly [name: string, value: Html | string | number | undefined])[]) {
	const given = list.filter(([, value]) => value !== undefined && value !== "");
	return html`<dl>${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A text of any length and language: its beginning, the rest on demand. */
export function longText(text: string, longest = 280): Html {
	if (text.length <= longest) return html`<p class="text" dir="auto">${visible(text)}</p>`;
	return html`<details class="text"><summary dir="auto">${excerpt(text, longest)}</summary>
		<p class="text" dir="auto">${visible(text)}</p></details>`;
}

/** A finished video to play. */
export interface Played {
	readonly source: string;
	readonly still?: string | undefined;
	readonly name: string;
	/** Such as `9:16`: the shape of the player before it knows its video. @default the browser's */
	readonly aspectRatio?: string | undefined;
	/** Whether it may load the video's beginning, for its first picture, before it is asked to. @default false */
	readonly isNear?: boolean;
}

export function player({ source, still, name, aspectRatio, isNear = false }: Played): Html {
	const poster = still === undefined ? "" : html` poster="${still}"`;
	const ratio = aspectRatio === undefined ? "" : html` data-ratio="${aspectRatio}"`;
	const preload = isNear ? "metadata" : "none";
	return html`<video controls preload="${preload}" playsinline src="${source}"${poster}${ratio} aria-label="Video: ${name}"></video>`;
}
