import { html } from "hono/html";
import { count, type Html, usd } from "../../pages/parts.ts";
import { visible } from "../../pages/text.ts";
import { isCharged, isInProgress, type StoredVideo } from "../video.ts";
import { balanceUsd, spentUsd } from "../wallet.ts";
import type { World } from "../world.ts";
import { assetList, deliveryList, endpointList, requestList } from "./journal.ts";
import { renderCard, videoCard } from "./videos.ts";

/** Videos that one page shows, and renders in progress. */
const SHOWN = 24;

/** Who looks at the page, and at what. */
export interface Look {
	/** The emulator's address, as the reader reached it. */
	readonly base: string;
	/** From 1. */
	readonly page: number;
	/** Whether requests and webhooks are shown, as the control shows them: only on the emulator's own machine. */
	readonly local: boolean;
}

export function homeBody(world: World, { base, page, local }: Look): Html {
	const nowMs = world.clock.now();
	const all = world.store.videos();
	const live = all.filter(({ deletedMs }) => deletedMs === null);
	const renders = live.filter((video) => isInProgress(video, nowMs));
	const ended = live.filter((video) => !isInProgress(video, nowMs));
	return html`<header>
		<h1>HeyGen emulator</h1>
		<p><code>${base}</code></p>
		<p role="status" id="summary" data-live>${count(renders.length, "render")} in progress,
			${count(ended.length, "video")}, ${count(all.length - live.length, "deleted video")}</p>
		<p class="bad" id="silence" role="alert" hidden>The emulator does not answer; this page shows what it said last.</p>
		<nav aria-label="On this page"><ul>${linksTo(local)}</ul></nav>
	</header>
	<main>
		<section aria-labelledby="renders-name" id="renders" data-live>
			<h2 id="renders-name">In progress (${renders.length.toLocaleString("en-US")})</h2>
			${cards(renders.slice(0, SHOWN), (video) => renderCard(video, nowMs), "Nothing is being rendered.")}
			${renders.length > SHOWN ? html`<p class="quiet">The latest ${SHOWN}.</p>` : ""}
		</section>
		${videoSection(ended, page, nowMs)}
		${wallets(world, all, nowMs)}
		${assetList(world)}
		${local ? [endpointList(world), deliveryList(world), requestList(world)] : ""}
	</main>`;
}

function linksTo(local: boolean): Html[] {
	const names: [string, string][] = [
		["renders", "In progress"],
		["videos", "Videos"],
		["wallets", "Wallet"],
		["assets", "Assets"],
	];
	if (local)
		names.push(["endpoints", "Webhook endpoints"], ["deliveries", "Webhooks sent"], ["requests", "Requests"]);
	return names.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`);
}

function videoSection(ended: readonly StoredVideo[], wanted: number, nowMs: number): Html {
	const pages = Math.max(1, Math.ceil(ended.length / SHOWN));
	const page = Math.min(wanted, pages);
	const shown = ended.slice((page - 1) * SHOWN, page * SHOWN);
	const link = (to: number, name: string) =>
		to < 1 || to > pages ? "" : html`<li><a href="/?page=${to}#videos">${name}</a></li>`;
	return html`<section aria-labelledby="videos-name" id="videos" data-live>
		<h2 id="videos-name">Videos (${ended.length.toLocaleString("en-US")})</h2>
		${cards(shown, (video) => videoCard(video, nowMs), "No video is finished yet.")}
		${
			pages === 1
				? ""
				: html`<nav aria-label="Pages of videos"><p>Page ${page} of ${pages}</p>
			<ul>${link(page - 1, "Newer videos")}${link(page + 1, "Older videos")}</ul></nav>`
		}
	</section>`;
}

function cards(videos: readonly StoredVideo[], card: (video: StoredVideo) => Html, none: string): Html {
	if (videos.length === 0) return html`<p class="quiet">${none}</p>`;
	return html`<ul class="cards">${videos.map(card)}</ul>`;
}

function wallets({ store, accounts }: World, all: readonly StoredVideo[], nowMs: number): Html {
	const lines = accounts.usernames.map((username) => {
		const own = all.filter((video) => video.username === username);
		const paid = own.filter((video) => isCharged(video, nowMs)).length;
		const wallet = usd(balanceUsd(store, accounts.named(username), nowMs));
		return html`<li><span>${visible(username)}</span><span>${wallet} left</span>
			<span>${usd(spentUsd(store, username, nowMs))} paid</span><span>${count(paid, "paid render")} of ${own.length}</span></li>`;
	});
	return html`<section aria-labelledby="wallets-name" id="wallets" data-live>
		<h2 id="wallets-name">Wallet</h2><ol class="rows">${lines}</ol></section>`;
}
