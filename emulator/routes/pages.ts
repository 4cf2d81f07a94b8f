import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { fileLink } from "../files.ts";
import { baseOf, type Env } from "../http.ts";
import { type StoredVideo, statusOf } from "../video.ts";
import type { World } from "../world.ts";

const STYLE = `
	:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
	body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
	ul { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)) }
	li { border: 1px solid #8885; border-radius: .5rem; padding: .75rem }
	img, video { max-width: 100%; max-height: 80vh; border-radius: .25rem }
	small, code { opacity: .7 }
`;

/** Pages for people: all videos, and one with a player. No key is asked for: the emulator is a local thing. */
export function pageRoutes(app: Hono<Env>, world: World): void {
	app.get("/", (c) => {
		const videos = world.store.videos().filter((video) => video.deletedMs === null);
		const cards = videos.map((video) => card(c, world, video));
		const body = html`<h1>Videos</h1>
			${videos.length > 0 ? html`<ul>${cards}</ul>` : html`<p>No video yet: submit one to <code>${baseOf(c)}</code>.</p>`}`;
		return c.html(document("HeyGen emulator", body, true));
	});

	app.get("/videos/:id", (c) => {
		const video = world.store.video(c.req.param("id"));
		if (!video || video.deletedMs !== null) {
			return c.html(
				document("No such video", html`<p>There is no video ${c.req.param("id")}.</p>`, false),
				404,
			);
		}
		const status = statusOf(video, world.clock.now());
		const picture =
			status === "completed"
				? html`<video controls autoplay muted loop src="${fileLink(world, video.id, "video.mp4")}"></video>`
				: html`<p>${status}${status === "failed" ? `: ${video.failure?.message ?? "no reason was given"}` : " …"}</p>`;
		const body = html`<p><a href="/">All videos</a></p><h1>${titleOf(video)}</h1>${picture}
			<p>${video.body.prompt}</p><p><code>${video.id}</code></p>`;
		return c.html(document(titleOf(video), body, status === "pending" || status === "processing"));
	});
}

function card(c: Context<Env>, world: World, video: StoredVideo) {
	const status = statusOf(video, world.clock.now());
	const picture =
		status === "completed"
			? html`<img alt="" loading="lazy" src="${fileLink(world, video.id, "thumbnail.jpg")}" />`
			: html`<p>${status}</p>`;
	return html`<li><a href="${baseOf(c)}/videos/${video.id}">${picture}<strong>${titleOf(video)}</strong></a><br />
		<small>${video.username} · ${new Date(video.createdMs).toUTCString()}</small></li>`;
}

function titleOf(video: StoredVideo): string {
	return video.title ?? "Untitled video";
}

function document(title: string, body: ReturnType<typeof html>, refresh: boolean) {
	return html`<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>${title}</title>
		<meta name="viewport" content="width=device-width" />
		${refresh ? html`<meta http-equiv="refresh" content="3" />` : ""}<style>${STYLE}</style></head>
		<body>${body}</body></html>`;
}
