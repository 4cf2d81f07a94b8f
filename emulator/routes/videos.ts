import { randomBytes } from "node:crypto";
import type { Context, Hono } from "hono";
import { answerOnce } from "../answerOnce.ts";
import { jsonBody } from "../body.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { type Env, page } from "../http.ts";
import { acceptSubmission } from "../submission.ts";
import { endMs, failureInPrompt, isInProgress, type StoredVideo, statusOf } from "../video.ts";
import { spentUsd } from "../wallet.ts";
import type { World } from "../world.ts";
import { statusLine, videoAnswer } from "./videoAnswers.ts";

const ROUTE = "POST /v3/videos";

export function videoRoutes(app: Hono<Env>, world: World): void {
	app.post("/v3/videos", (c) => submit(c, world));

	app.get("/v3/videos", (c) => {
		const title = c.req.query("title")?.toLowerCase();
		const found = liveVideos(c, world).filter(
			(video) => !title || video.title?.toLowerCase().includes(title),
		);
		const answer = page(c, found, { max: 100, default: 10, position: (video) => -video.seq });
		return c.json({ ...answer, data: answer.data.map((video) => videoAnswer(c, world, video)) });
	});

	app.get("/v3/videos/statuses", (c) => {
		const ids = (c.req.queries("video_ids") ?? [])
			.flatMap((list) => list.split(","))
			.filter((id) => id !== "");
		if (ids.length < 1 || ids.length > 100) {
			throw invalidParameter("video_ids must hold between 1 and 100 video ids", "video_ids");
		}
		const data = ids.map((id) => statusLine(id, findVideo(c, world, id), world.clock.now()));
		return c.json({ data, has_more: false, next_token: null });
	});

	app.get("/v3/videos/:id", (c) => c.json({ data: videoAnswer(c, world, mustFind(c, world)) }));

	app.delete("/v3/videos/:id", async (c) => {
		const video = mustFind(c, world);
		if (isInProgress(video, world.clock.now())) refuseByChoice(video, world);
		world.store.deleteVideo(video.id, world.clock.now());
		await world.files.remove(video.id);
		return c.json({ data: { id: video.id, deleted: true } });
	});
}

/** The one that spends money. */
function submit(c: Context<Env>, world: World): Response {
	const { store, webhooks } = world;
	const answer = answerOnce(c, world, ROUTE, () => {
		const video = admit(c, world, jsonBody(c));
		store.insertVideo(video);
		webhooks.expectEnd(video);
		return { video_id: video.id, status: "waiting", output_format: "mp4" };
	});
	webhooks.settle();
	return answer;
}

function admit(c: Context<Env>, world: World, body: unknown): Omit<StoredVideo, "seq" | "deletedMs"> {
	const { store, clock, settings, assets } = world;
	const { username, balanceUsd } = c.get("account");
	const now = clock.now();
	const request = acceptSubmission(body, settings, (id) => assets.referenced(username, id));

	if (balanceUsd - spentUsd(store, username, now) < settings.priceUsd) {
		throw new ApiError(
			402,
			"insufficient_credit",
			`The wallet holds less than the ${settings.priceUsd} USD of a render`,
		);
	}
	const inProgress = store.unfinished(username, now).filter((video) => isInProgress(video, now));
	if (inProgress.length >= settings.concurrency) {
		const freeMs = Math.min(...inProgress.map(endMs)) - now;
		throw new ApiError(
			429,
			"rate_limit_exceeded",
			`${inProgress.length} videos are in progress, the limit is ${settings.concurrency}`,
			{
				headers: { "Retry-After": String(Math.max(1, Math.ceil(freeMs / 1000))) },
			},
		);
	}
	return {
		id: randomBytes(16).toString("hex"),
		username,
		body: request,
		title: request.title ?? null,
		idempotencyKey: c.req.header("idempotency-key") ?? null,
		priceUsd: settings.priceUsd,
		createdMs: now,
		queueMs: Math.round(settings.queueSeconds * 1000),
		renderMs: Math.round(settings.renderSeconds * 1000),
		failure: failureInPrompt(request.prompt) ?? world.nextFailures.shift() ?? null,
	};
}

function liveVideos(c: Context<Env>, world: World): StoredVideo[] {
	return world.store.videos(c.get("account").username).filter((video) => video.deletedMs === null);
}

function findVideo(c: Context<Env>, world: World, id: string): StoredVideo | undefined {
	const video = world.store.video(id);
	return video?.username === c.get("account").username && video.deletedMs === null ? video : undefined;
}

function mustFind(c: Context<Env>, world: World): StoredVideo {
	const id = c.req.param("id") ?? "";
	const video = findVideo(c, world, id);
	if (!video) throw new ApiError(404, "video_not_found", `Video ${id} not found`);
	return video;
}

function refuseByChoice(video: StoredVideo, { settings, clock }: World): void {
	const status = statusOf(video, clock.now());
	if (settings.deleteInProgress === "conflict") {
		throw new ApiError(409, "conflict", `Video ${video.id} is ${status} and cannot be deleted yet`);
	}
	if (settings.deleteInProgress === "error") {
		throw new ApiError(500, "video_delete_failed", `Video ${video.id} is ${status} and could not be deleted`);
	}
}
