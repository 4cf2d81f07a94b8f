import { html } from "hono/html";
import { facts, type Html, longText, moment, player, usd } from "../../pages/parts.ts";
import { excerpt, visible } from "../../pages/text.ts";
import { endMs, isCharged, type StoredVideo, statusOf } from "../video.ts";

/** A render that is not finished, with its bar. */
export function renderCard(video: StoredVideo, nowMs: number): Html {
	const { createdMs } = video;
	const percent = Math.floor((100 * (nowMs - createdMs)) / Math.max(1, endMs(video) - createdMs));
	const name = titleOf(video);
	const left = Math.ceil((endMs(video) - nowMs) / 1000);
	return html`<li class="card" id="render-${video.id}">
		${heading(video)}
		<progress max="100" value="${percent}" aria-label="Progress of ${name}"></progress>
		<p>${statusOf(video, nowMs)}, ${percent} %, ${left} s left</p>
		${longText(video.body.prompt)}
	</li>`;
}

/** A video that is completed or failed. */
export function videoCard(video: StoredVideo, nowMs: number): Html {
	return html`<li class="card" id="video-${video.id}">
		${outcome(video, nowMs)}
		${heading(video)}
		${longText(video.body.prompt)}
		<p class="quiet">${moment(video.createdMs)}</p>
	</li>`;
}

/** All that there is to tell of one video. */
export function wholeVideo(video: StoredVideo, nowMs: number): Html {
	const { body } = video;
	const status = statusOf(video, nowMs);
	const known: [string, Html | string | number | undefined][] = [
		["Video id", html`<code>${video.id}</code>`],
		["Status", status],
		["Account", visible(video.username)],
		["Price", isCharged(video, nowMs) ? usd(video.priceUsd) : "not charged"],
		["Looks", visible(body.avatar_id.join(", "))],
		["References", body.references?.length],
		["Aspect ratio", body.aspect_ratio],
		["Resolution", body.resolution],
		[
			"Duration",
			body.auto_duration ? "HeyGen's choice" : body.duration == null ? undefined : `${body.duration} s`,
		],
		["Prompt enhanced", body.enhance_prompt ? "yes" : undefined],
		["Idempotency-Key", video.idempotencyKey === null ? undefined : visible(video.idempotencyKey)],
		["Submitted", moment(video.createdMs)],
	];
	return html`${outcome(video, nowMs)}<p class="text" dir="auto">${visible(body.prompt)}</p>${facts(known)}`;
}

export function titleOf({ title }: Pick<StoredVideo, "title">): string {
	return title === null ? "Untitled video" : excerpt(title, 200);
}

function heading(video: StoredVideo): Html {
	return html`<h3><a href="/videos/${video.id}"><bdi>${titleOf(video)}</bdi></a></h3>`;
}

function outcome(video: StoredVideo, nowMs: number): Html {
	const folder = `/videos/${video.id}`;
	const status = statusOf(video, nowMs);
	if (status === "completed") {
		return player({ source: `${folder}/video.mp4`, still: `${folder}/thumbnail.jpg`, name: titleOf(video) });
	}
	if (status !== "failed") return html`<p>${status} …</p>`;
	const { code, message } = video.failure ?? {};
	const reason = [code, message].filter((part) => part != null).join(": ") || "no reason was given";
	return html`<p class="bad"><strong>failed</strong>: ${excerpt(reason, 500)}</p>`;
}
