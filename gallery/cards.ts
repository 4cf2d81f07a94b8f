import { html } from "hono/html";
import { facts, type Html, longText, player, usd } from "../pages/parts.ts";
import { excerpt, visible } from "../pages/text.ts";
import { CHANGE_WORDS, type PlannedVideo } from "../plan/videos.ts";
import type { InputChange, VideoChange } from "./change.ts";
import { renderState, type Video, videoFrom } from "./video.ts";

/** Where a page finds a video's picture: relative addresses, data URLs or links. */
export interface Media {
	readonly video?: string | undefined;
	readonly still?: string | undefined;
}

/** Whether an address leads to the network, and not to the disk or into the page. */
export const isRemote = (address: string) => /^https?:/i.test(address);

/** What cards need to know beyond their video. */
export interface Surroundings {
	readonly priceUsd: number;
	/** What can be shown of the video of this id. */
	media(id: string | undefined): Media;
}

export function videoCard(video: Video, { priceUsd, media }: Surroundings): Html {
	return html`<li class="card">
		${picture(video, media(video.id))}
		${about(video, video.state === "pending create" || video.state === "failed" ? undefined : priceUsd)}
	</li>`;
}

/** What a run would do to a video: the old one beside what would change. */
export function changeCard(change: VideoChange, { priceUsd, media }: Surroundings): Html {
	const { before, after, inputs } = change;
	const { name, change: what } = change.video;
	const shown = before ?? after;
	const video = shown && videoFrom(shown, renderState(shown.outputs), []);
	const seen = video === undefined || before === undefined ? "" : picture(video, media(video.id));
	const old = video === undefined ? "" : html`<div>${seen}${settings(video)}</div>`;
	return html`<li class="card">
		<h3><bdi>${excerpt(name, 200)}</bdi>: ${CHANGE_WORDS[what]}${costOf(what, priceUsd)}</h3>
		<div class="pair">${old}${inputs.length === 0 ? "" : html`<div>${inputs.map(inputChange)}</div>`}</div>
	</li>`;
}

function costOf(what: PlannedVideo["change"], priceUsd: number): Html | "" {
	if (what === "perhaps") return html`, up to <strong>${usd(priceUsd)}</strong>`;
	return what === "new" || what === "regenerated" ? html`, <strong>${usd(priceUsd)}</strong>` : "";
}

function picture({ name, state, aspectRatio }: Video, { video, still }: Media): Html {
	const title = excerpt(name, 200);
	if (video !== undefined) {
		return player({ source: video, still, name: title, aspectRatio, isNear: !isRemote(video) });
	}
	if (still !== undefined) return html`<img src="${still}" loading="lazy" alt="Still of ${title}">`;
	const why = state === "completed" ? "There is no file of it here." : "There is no video yet.";
	return html`<p class="quiet">${why}</p>`;
}

function about(video: Video, price: number | undefined): Html {
	const { name, state } = video;
	return html`<h3><bdi>${excerpt(name, 200)}</bdi></h3>
		<p class="${state === "completed" ? "good" : state === "failed" ? "bad" : "quiet"}">${state}</p>
		${settings(video, price)}`;
}

function settings(video: Video, price?: number): Html {
	const { id, title, prompt, createdAt, pageUrl } = video;
	const page = pageUrl === undefined ? undefined : html`<a href="${pageUrl}" rel="noreferrer">at HeyGen</a>`;
	return html`${longText(prompt)}${facts([
		["Title", title === undefined ? undefined : html`<bdi>${excerpt(title, 200)}</bdi>`],
		...video.settings.map(([name, value]) => [name, html`<bdi>${excerpt(value, 500)}</bdi>`] as const),
		["Price", price === undefined ? undefined : usd(price)],
		["Made", createdAt === undefined ? undefined : visible(createdAt)],
		["Video id", id === undefined ? undefined : html`<code>${visible(id)}</code>`],
		["Page", page],
	])}`;
}

function inputChange({ name, before, after }: InputChange): Html {
	const side = (kind: "old" | "new", text: string | undefined) => html`<div class="${kind}">
		<span class="quiet">${kind}</span> ${text === undefined ? html`<p>left out</p>` : longText(text, 1_000)}</div>`;
	return html`<section><h4>${visible(name)}</h4>${side("old", before)}${side("new", after)}</section>`;
}
