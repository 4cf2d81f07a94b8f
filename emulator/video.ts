import { codePoints, LIMITS, type VideoRequest } from "../heygen/schemas/videoRequest.ts";
import type { VideoStatus } from "./controlTypes.ts";

/** Why a render is going to fail. HeyGen gives null for both now and then. */
export interface Failure {
	readonly code: string | null;
	readonly message: string | null;
	/** Fails at once instead of at the end of processing. */
	readonly now?: boolean | undefined;
}

/** A video as it is kept. All times are unix milliseconds of the emulator's clock. */
export interface StoredVideo {
	/** Rises with every submit. */
	readonly seq: number;
	readonly id: string;
	/** The account. */
	readonly username: string;
	/** The submitted body. */
	readonly body: VideoRequest;
	readonly title: string | null;
	readonly idempotencyKey: string | null;
	/** What the render cost when it was submitted. */
	readonly priceUsd: number;
	readonly createdMs: number;
	readonly queueMs: number;
	readonly renderMs: number;
	/** What will go wrong; null for a render that completes. */
	readonly failure: Failure | null;
	readonly deletedMs: number | null;
}

/** Where a video stands at `nowMs`. A deleted one stays as it was when it was deleted. Derived: nothing has to run for it. */
export function statusOf(video: StoredVideo, nowMs: number): VideoStatus {
	const at = video.deletedMs ?? nowMs;
	if (at >= endMs(video)) return video.failure ? "failed" : "completed";
	return at < video.createdMs + video.queueMs ? "pending" : "processing";
}

/** What the end of a video is known by. */
export type Timing = Pick<StoredVideo, "createdMs" | "queueMs" | "renderMs" | "failure">;

/** When the video completes or fails. */
export function endMs(video: Timing): number {
	return video.failure?.now ? video.createdMs : video.createdMs + video.queueMs + video.renderMs;
}

/** Still counts against the concurrency limit. */
export function isInProgress(video: StoredVideo, nowMs: number): boolean {
	const status = statusOf(video, nowMs);
	return video.deletedMs === null && (status === "pending" || status === "processing");
}

/** Paid for: all but the failed ones. A render that is deleted on its way stays paid. */
export function isCharged(video: StoredVideo, nowMs: number): boolean {
	return statusOf(video, nowMs) !== "failed";
}

/** Seconds of picture: as asked; from the length of the prompt with `auto_duration`; else HeyGen's default. */
export function durationOf(body: VideoRequest): number {
	if (typeof body.duration === "number") return body.duration;
	if (!body.auto_duration) return LIMITS.duration.default;
	const { min, max } = LIMITS.duration;
	return Math.min(max, min + Math.floor(codePoints(body.prompt) / 40));
}

/** Pixels of the finished picture. */
export function sizeOf(body: VideoRequest): { width: number; height: number } {
	const [long, short] = body.resolution === "1080p" ? [1920, 1080] : [1280, 720];
	if (body.aspect_ratio === "1:1") return { width: short, height: short };
	return body.aspect_ratio === "9:16" ? { width: short, height: long } : { width: long, height: short };
}

/** A failure that the prompt asks for: `[fail]`, `[fail: code: message]`, `[fail: null]`; `[fail-now…]` for at once. */
export function failureInPrompt(prompt: string): Failure | null {
	const marker = /\[fail(-now)?(?::([^\]]*))?\]/.exec(prompt);
	if (!marker) return null;
	const now = marker[1] !== undefined;
	const text = marker[2]?.trim();
	if (text === "null") return { code: null, message: null, now };
	const [code = "", ...message] = (text ?? "").split(":");
	return {
		code: code.trim() || "rendering_failed",
		message: message.join(":").trim() || "The render failed, as the prompt asked for",
		now,
	};
}
