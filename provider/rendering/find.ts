import type { HeyGenClient } from "../../heygen/client.ts";
import type { Clock } from "../../heygen/clock.ts";
import { HeyGenError, type HeyGenRefusal, isNotFound } from "../../heygen/errors.ts";
import type { Video } from "../../heygen/schemas/video.ts";

/** For how long both of HeyGen's answers must say that a video is not there, in milliseconds. */
const AGREED_MS = 10_000;
/** The same where another render is paid once the video is not there. */
export const BEFORE_PAYING_MS = 30_000;
/** For how long one of them must say so while the other says nothing else. */
const ALONE_MS = 60_000;
const STEP_MS = 2_000;

export interface FindOptions {
	heygen: HeyGenClient;
	clock: Clock;
	signal: AbortSignal;
	/** For how long both answers must say that it is not there, in milliseconds. @default 10,000 */
	agreedMs?: number;
	/** Called once, as soon as it is looked for because it was not there at first. */
	onMissing?(): void;
}

/**
 * The video; undefined when HeyGen does not know it, also not after the time that a new one may take to show. A wrong
 * "not there" costs a render, so the list of statuses is asked too: where it has known the video, HeyGen's 404 is thrown.
 */
export async function findVideo(videoId: string, options: FindOptions): Promise<Video | undefined> {
	const { heygen, clock, signal, agreedMs = AGREED_MS } = options;
	const start = clock.elapsed();
	let agreedSince: number | undefined;
	let contradicted = false;
	let told = false;
	for (;;) {
		let missing: HeyGenRefusal;
		try {
			return await heygen.getVideo(videoId, { signal });
		} catch (error) {
			if (!isNotFound(error)) throw error;
			missing = error;
		}
		const status = await listedStatus(videoId, options);
		const now = clock.elapsed();
		contradicted ||= status !== undefined && status !== "not_found";
		agreedSince = status === "not_found" ? (agreedSince ?? now) : undefined;
		if (agreedSince !== undefined && now - agreedSince >= agreedMs) return undefined;
		if (now - start >= Math.max(ALONE_MS, agreedMs)) {
			if (!contradicted) return undefined;
			throw missing;
		}
		if (!told) options.onMissing?.();
		told = true;
		await clock.sleep(STEP_MS, signal);
	}
}

/** Undefined when the list does not say. */
async function listedStatus(videoId: string, { heygen, signal }: FindOptions): Promise<string | undefined> {
	try {
		return (await heygen.videoStatuses([videoId], { signal, retryForMs: 0 })).get(videoId);
	} catch (error) {
		if (!(error instanceof HeyGenError)) throw error;
		return undefined;
	}
}
