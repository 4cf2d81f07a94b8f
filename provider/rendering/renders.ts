import pLimit from "p-limit";
import type { CallOptions } from "../../heygen/calls.ts";
import type { HeyGenClient } from "../../heygen/client.ts";
import type { Clock } from "../../heygen/clock.ts";
import { HeyGenError, HeyGenRefusal, isNotFound } from "../../heygen/errors.ts";
import { isNoAccess, refusesAllSubmits } from "../../heygen/refusals.ts";
import type { Account } from "../../heygen/schemas/account.ts";
import type { VideoType } from "../../heygen/schemas/videoRequest.ts";
import { createCap } from "./cap.ts";
import { createPoller } from "./poller.ts";
import { createQuiet } from "./quiet.ts";
import { createResourceMemory } from "./resources.ts";
import { createStop } from "./stop.ts";

/** The words in which a list of statuses tells where a video stands. */
const TOLD = ["queued", "waiting", "pending", "processing", "completed", "failed", "not_found"];

export interface RendersOptions {
	/** Called when the service is first needed; throws when there is no key. */
	heygen(): HeyGenClient;
	clock: Clock;
	/** The most renders in flight at once. */
	concurrency: number;
	/** The word to begin with. */
	videoType: VideoType;
	/** The most renders that the run may start. @default as many as are wanted */
	maxNewVideos?: number | undefined;
}

export type Renders = ReturnType<typeof createRenders>;

/** What all videos of one run share: render slots, one poller, the account, and what is known of the stack. */
export function createRenders({ heygen, clock, concurrency, videoType, maxNewVideos }: RendersOptions) {
	const slots = pLimit(concurrency);
	const quiet = createQuiet(clock);
	let first: Account | undefined;
	let asking: Promise<Account> | undefined;

	const poller = createPoller({ readStatuses, isFatal: refusesAllSubmits, clock });

	/**
	 * What the list does not tell, or tells in a word of tomorrow, is asked of the videos themselves. An error is of one
	 * video that the key may not see.
	 */
	async function readStatuses(videoIds: string[]): Promise<Map<string, string | Error>> {
		const statuses: Map<string, string | Error> = await listedStatuses(videoIds);
		let trouble: unknown;
		for (const id of videoIds) {
			if (TOLD.includes(String(statuses.get(id)))) continue;
			try {
				statuses.set(id, await statusOf(id));
			} catch (error) {
				if (!(error instanceof HeyGenError) || refusesAllSubmits(error)) throw error;
				if (isNoAccess(error)) statuses.set(id, error);
				else trouble = error;
			}
		}
		if (statuses.size === 0 && trouble !== undefined) throw trouble;
		return statuses;
	}

	/** Empty where the service refuses the bulk request, for instance over one id that it does not like. */
	async function listedStatuses(videoIds: string[]): Promise<Map<string, string>> {
		try {
			return await heygen().videoStatuses(videoIds);
		} catch (error) {
			if (refusesAllSubmits(error) || !(isNoAccess(error) || isBulkRefused(error))) throw error;
			return new Map();
		}
	}

	/** Asked once: the next look is the next try. */
	async function statusOf(videoId: string): Promise<string> {
		try {
			return (await heygen().getVideo(videoId, { retryForMs: 0 })).status;
		} catch (error) {
			if (!isNotFound(error)) throw error;
			return "not_found";
		}
	}

	/** Whose key it is right now, and whose it was when the run first asked. Who asks meanwhile shares the request. */
	async function accountNow(how: CallOptions = {}): Promise<{ now: Account; first: Account }> {
		asking ??= heygen()
			.getAccount(how)
			.finally(() => {
				asking = undefined;
			});
		const now = await asking;
		first ??= now;
		return { now, first };
	}

	return {
		poller,
		resources: createResourceMemory(),
		/** Keeps the run from starting more renders than the user allows. */
		cap: createCap({ most: maxNewVideos, clock, quiet }),
		quiet,
		/** The API's word for this kind of video, as far as this run has found out. */
		videoType,

		/** Runs `render` in one of the account's slots, after `onWait` when none is free. */
		inSlot<T>(render: () => Promise<T>, onWait: () => void): Promise<T> {
			if (slots.activeCount >= slots.concurrency) onWait();
			return slots(render);
		},

		/** Cleared, with a warning, when this run learns that HeyGen drops the marks in titles or lists no videos by them. */
		marksHelp: true,

		/** Set once the engine had the time to show videos of the stack before one is rendered. */
		othersShown: false,

		/** Accounts by another name whose things this key was seen to reach: colleagues who share a workspace. */
		reached: new Set<string>(),

		/** Ends the submits of the run once the account is refused. */
		stop: createStop(),

		/** Whose key this is; asked once a run. */
		account: async (): Promise<Account> => first ?? (await accountNow()).first,
		accountNow,
	};
}

const isBulkRefused = (error: unknown) =>
	error instanceof HeyGenRefusal && [400, 404, 405].includes(error.status);
