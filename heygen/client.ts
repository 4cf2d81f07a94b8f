import type { Dispatcher } from "undici";
import type { z } from "zod";
import { type Clock, systemClock } from "./clock.ts";
import type { HeyGenError } from "./errors.ts";
import { MOST_TRIES, withRetries } from "./retry.ts";
import { Account } from "./schemas/account.ts";
import { dataOf, pageOf } from "./schemas/envelopes.ts";
import { AvatarLook } from "./schemas/look.ts";
import { DeletedVideo, SubmittedVideo, Video, VideoStatus } from "./schemas/video.ts";
import { VideoRequest } from "./schemas/videoRequest.ts";
import { type Call, createTransport } from "./transport.ts";

/** Time limit of one try of a read, in milliseconds (HeyGen's p99 is under 2 s). */
export const READ_LIMIT_MS = 30_000;
/** Time limit of one try of a submit, in milliseconds: it works synchronously, HeyGen's p99 is about 31 s. */
export const SUBMIT_LIMIT_MS = 120_000;
/** For how long a call is tried again by default, in milliseconds. */
export const RETRY_FOR_MS = 120_000;
/** The most ids that one request for statuses takes. */
export const STATUSES_PER_REQUEST = 100;

export interface ClientOptions {
	apiKey: string;
	/** @default "https://api.heygen.com" */
	baseUrl?: string;
	/** Sent as `User-Agent`. @default "pulumi-heygen" */
	userAgent?: string;
	/** Time and chance. @default the system's */
	clock?: Clock;
	/** undici's connection pool. @default one of the client's own */
	dispatcher?: Dispatcher;
}

export interface CallOptions {
	signal?: AbortSignal | undefined;
	/** For how long the call is tried again, in milliseconds. @default 120,000 */
	retryForMs?: number | undefined;
	/** The most tries when no answer, or trouble of the service, is the answer; 429 does not count. @default 5 */
	mostTries?: number | undefined;
	/** Called before each wait between two tries. */
	onRetry?: ((error: HeyGenError, delayMs: number) => void) | undefined;
}

export interface SubmitResult {
	videoId: string;
	status: string;
	/** The server's clock at its answer, unix milliseconds; undefined when it did not say. */
	serverTime: number | undefined;
	/** How long ago the first try of this submit was sent when the answer came, in milliseconds. */
	tookMs: number;
}

export interface LookFilter {
	ownership?: "public" | "private";
	avatarType?: string;
	groupId?: string;
}

export type HeyGenClient = ReturnType<typeof createClient>;

/**
 * HeyGen's API v3, as far as this package uses it. Every method throws a `HeyGenError`; a rejected `signal` ends calls
 * and waits at once with its reason.
 */
export function createClient(options: ClientOptions) {
	const clock = options.clock ?? systemClock;
	const baseUrl = (options.baseUrl ?? "https://api.heygen.com").replace(/\/+$/, "");
	const userAgent = options.userAgent ?? "pulumi-heygen";
	const transport = createTransport({
		apiKey: options.apiKey,
		baseUrl,
		userAgent,
		clock,
		dispatcher: options.dispatcher,
	});

	function send<T extends z.ZodType>(call: Call<T>, repeatable: boolean, how: CallOptions) {
		const { retryForMs = RETRY_FOR_MS, mostTries = MOST_TRIES, signal, onRetry } = how;
		const retry = { repeatable, forMs: retryForMs, mostTries, signal, onRetry };
		return withRetries(() => transport({ ...call, signal: how.signal }), retry, clock);
	}

	async function read<T extends z.ZodType>(
		path: string,
		answer: T,
		how: CallOptions,
		more: { query?: Record<string, string | undefined>; videoId?: string } = {},
	): Promise<z.infer<T>> {
		const call = { method: "GET", path, answer, timeLimitMs: READ_LIMIT_MS, ...more } as const;
		return (await send(call, true, how)).body;
	}

	async function pages<T extends z.ZodType>(
		path: string,
		item: T,
		query: Record<string, string | undefined>,
		how: CallOptions,
	): Promise<z.infer<T>[]> {
		const all: z.infer<T>[] = [];
		const seen = new Set<string>();
		for (let token: string | undefined; ; ) {
			const page = await read(path, pageOf(item), how, { query: { ...query, token } });
			all.push(...page.data);
			token = page.has_more ? (page.next_token ?? undefined) : undefined;
			if (token === undefined || seen.has(token)) return all;
			seen.add(token);
		}
	}

	return {
		baseUrl,

		/**
		 * Submits a render, which costs money. The same key within 24 hours answers with the first submit's video, even for
		 * another body, so it is safe to repeat and is repeated here.
		 */
		async submitVideo(
			body: VideoRequest,
			idempotencyKey: string,
			how: CallOptions = {},
		): Promise<SubmitResult> {
			const start = clock.elapsed();
			const call = {
				method: "POST",
				path: "/v3/videos",
				body: VideoRequest.parse(body),
				idempotencyKey,
				answer: dataOf(SubmittedVideo),
				timeLimitMs: SUBMIT_LIMIT_MS,
			} as const;
			const { body: answer, serverTime } = await send(call, true, how);
			const { video_id: videoId, status } = answer.data;
			return { videoId, status, serverTime, tookMs: clock.elapsed() - start };
		},

		/** One video with a fresh `video_url`. */
		async getVideo(videoId: string, how: CallOptions = {}): Promise<Video> {
			return (await read(videoPath(videoId), dataOf(Video), how, { videoId })).data;
		},

		/** The status word of each id, in requests of up to 100 ids; ids that HeyGen leaves out are left out. */
		async videoStatuses(
			videoIds: readonly string[],
			how: CallOptions = {},
		): Promise<Map<string, VideoStatus>> {
			const statuses = new Map<string, VideoStatus>();
			for (let at = 0; at < videoIds.length; at += STATUSES_PER_REQUEST) {
				const ids = videoIds.slice(at, at + STATUSES_PER_REQUEST);
				for (const line of await pages(
					"/v3/videos/statuses",
					VideoStatus,
					{ video_ids: ids.join(",") },
					how,
				)) {
					if (line.video_id) statuses.set(line.video_id, line);
				}
			}
			return statuses;
		},

		/** Deletes a video and its files for good. A second call answers 404. */
		async deleteVideo(videoId: string, how: CallOptions = {}): Promise<void> {
			const call = { method: "DELETE", path: videoPath(videoId), videoId } as const;
			await send({ ...call, answer: dataOf(DeletedVideo), timeLimitMs: READ_LIMIT_MS }, true, how);
		},

		/** Whose key this is. */
		async getAccount(how: CallOptions = {}): Promise<Account> {
			return (await read("/v3/users/me", dataOf(Account), how)).data;
		},

		/** All looks that fit the filter, over all pages. */
		listAvatarLooks(filter: LookFilter = {}, how: CallOptions = {}): Promise<AvatarLook[]> {
			const { ownership, avatarType, groupId } = filter;
			const query = { ownership, avatar_type: avatarType, group_id: groupId, limit: "50" };
			return pages("/v3/avatars/looks", AvatarLook, query, how);
		},

		async getAvatarLook(lookId: string, how: CallOptions = {}): Promise<AvatarLook> {
			return (await read(`/v3/avatars/looks/${encodeURIComponent(lookId)}`, dataOf(AvatarLook), how)).data;
		},
	};
}

const videoPath = (videoId: string) => `/v3/videos/${encodeURIComponent(videoId)}`;
