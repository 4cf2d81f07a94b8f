import { html } from "hono/html";
import { contentPolicy, htmlPage } from "../pages/document.ts";
import { count, type Html, moment, usd } from "../pages/parts.ts";
import { visible } from "../pages/text.ts";
import { billFor } from "../plan/bill.ts";
import { changeCard, isRemote, type Media, type Surroundings, videoCard } from "./cards.ts";
import type { VideoChange } from "./change.ts";
import type { Video } from "./video.ts";

/** By this a page is known as one that may be written anew. */
export const GENERATOR = "pulumi-heygen gallery";

/** What a gallery is made of. */
export interface Gallery {
	/** Project and stack; empty when they are not known. */
	readonly name: string;
	readonly videos: readonly Video[];
	/** What a preview says that the next run would do; undefined without one. */
	readonly changes: readonly VideoChange[] | undefined;
	/** US dollars that HeyGen takes for a render. */
	readonly priceUsd: number;
	/** What can be shown of each video, by its id. */
	readonly media: ReadonlyMap<string, Media>;
	/** Whether the page holds presigned links. */
	readonly withLinks: boolean;
	/** Unix milliseconds. */
	readonly madeMs: number;
}

/** The whole page. It needs no script and no server. */
export async function galleryPage(gallery: Gallery): Promise<string> {
	const { name, videos, changes, priceUsd, media, withLinks, madeMs } = gallery;
	const around: Surroundings = { priceUsd, media: (id = "") => media.get(id) ?? {} };
	const changed = new Set(changes?.map(({ video }) => video.urn));
	const others = videos.filter(({ urn }) => !changed.has(urn));
	const title = name === "" ? "Videos" : `Videos of ${name}`;
	const body = html`<header>
		<h1>${visible(title)}</h1>
		${summary(gallery)}
		<p class="quiet">Written ${moment(madeMs)}.</p>
		${withLinks ? LINKS_WARNING : ""}
	</header>
	<main>
		${changes === undefined ? "" : changeSection(changes, around)}
		${changes !== undefined && others.length === 0 ? "" : videoSection(others, changes ? "Unchanged" : "In the stack", around)}
	</main>`;
	const policy = contentPolicy({ media: ["'self'", "file:", ...originsOf(media)].join(" ") });
	return String(await htmlPage({ title, body, policy, generator: GENERATOR }));
}

const LINKS_WARNING = html`<p class="bad">This page holds presigned links: whoever has it can see the videos, until
	the links expire. Treat it as a password.</p>`;

function summary({ videos, changes, priceUsd }: Gallery): Html | "" {
	const paid = videos.filter(({ id, state }) => id !== undefined && state !== "failed");
	if (changes !== undefined && paid.length === 0) return "";
	return html`<p>${count(paid.length, "video")} at ${usd(priceUsd)}: ${usd(paid.length * priceUsd)}.</p>`;
}

function videoSection(videos: readonly Video[], heading: string, around: Surroundings): Html {
	return html`<section aria-labelledby="videos"><h2 id="videos">${heading} (${videos.length})</h2>
		${list(
			videos.map((video) => videoCard(video, around)),
			"cards",
			"There is no video.",
		)}
	</section>`;
}

function changeSection(changes: readonly VideoChange[], around: Surroundings): Html {
	const planned = changes.map(({ video }) => video);
	const { renders, mostRenders, costUsd, mostCostUsd, counts } = billFor(planned, around.priceUsd);
	const more = mostRenders > renders ? ` (up to ${mostRenders}, ${usd(mostCostUsd)})` : "";
	const sum = `${count(renders, "render")}: ${usd(costUsd)}${more}; ${counts.deleted} deleted.`;
	return html`<section aria-labelledby="changes"><h2 id="changes">What the next run would do</h2>
		<p><strong>${sum}</strong></p>
		${list(
			changes.map((change) => changeCard(change, around)),
			"cards changes",
			"Nothing would change.",
		)}
	</section>`;
}

function list(cards: readonly Html[], kind: string, none: string): Html {
	if (cards.length === 0) return html`<p class="quiet">${none}</p>`;
	return html`<ul class="${kind}">${cards}</ul>`;
}

/** Of what a page loads from the network. */
function originsOf(media: Gallery["media"]): Set<string> {
	const addresses = [...media.values()].flatMap(({ video, still }) => [video, still]);
	const remote = addresses.filter((address) => address !== undefined && isRemote(address));
	return new Set(remote.map((address) => new URL(String(address)).origin));
}
