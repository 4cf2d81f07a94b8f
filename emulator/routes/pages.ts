import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { contentPolicy, htmlPage } from "../../pages/document.ts";
import type { Html } from "../../pages/parts.ts";
import { noSuchKey, serve } from "../fileHost.ts";
import { FILE_TYPES, isFileName } from "../files.ts";
import { baseOf, type Env, isLocal } from "../http.ts";
import { homeBody } from "../page/home.ts";
import { LIVE } from "../page/live.ts";
import { titleOf, wholeVideo } from "../page/videos.ts";
import { statusOf } from "../video.ts";
import type { World } from "../world.ts";

const HEADERS = {
	"content-security-policy": `${contentPolicy({ script: LIVE, media: "'self'" })}; frame-ancestors 'none'`,
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
};

/**
 * Pages for people: all that the emulator holds, and one video with a player. No key is asked for: the emulator is a
 * local thing. Looking is neither recorded nor intercepted.
 */
export function pageRoutes(app: Hono<Env>, world: World): void {
	app.get("/", (c) => {
		const page = Math.max(1, Math.floor(Number(c.req.query("page"))) || 1);
		const body = homeBody(world, { base: baseOf(c), page, local: isLocal(c) });
		return answer(c, "HeyGen emulator", body);
	});

	app.get("/videos/:id", (c) => {
		const video = liveVideo(world, c.req.param("id"));
		if (!video)
			return answer(c, "No such video", onePage("No such video", html`<p>It may be deleted.</p>`), 404);
		const title = titleOf(video);
		return answer(c, title, onePage(title, wholeVideo(video, world.clock.now())));
	});

	app.get("/videos/:id/:name", async (c) => {
		const { id, name } = c.req.param();
		const video = liveVideo(world, id);
		const there = video && isFileName(name) && statusOf(video, world.clock.now()) === "completed";
		return there ? serve(c, FILE_TYPES[name], () => world.files.ofVideo(video, name)) : noSuchKey();
	});
}

function liveVideo({ store }: World, id: string) {
	const video = store.video(id);
	return video?.deletedMs === null ? video : undefined;
}

function answer(c: Context<Env>, title: string, body: Html, status: 200 | 404 = 200) {
	return c.html(htmlPage({ title, body, script: LIVE }), status, HEADERS);
}

function onePage(title: string, about: Html): Html {
	return html`<header><nav aria-label="Back"><ul><li><a href="/">All videos</a></li></ul></nav><h1><bdi>${title}</bdi></h1>
		<p class="bad" id="silence" role="alert" hidden>The emulator does not answer; this page shows what it said last.</p></header>
		<main id="about" data-live>${about}</main>`;
}
