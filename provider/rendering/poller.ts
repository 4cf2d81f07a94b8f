import type { Clock } from "../../heygen/clock.ts";

/** The wait before a video is looked at again grows with the time it has been watched, between these, in milliseconds. */
export const SHORTEST_POLL_MS = 1_000;
export const LONGEST_POLL_MS = 10_000;
/** How much of the time watched so far is waited again: what is lost at the end is at most this share. */
const SHARE = 0.08;

export interface Watching {
	signal: AbortSignal;
	/** When the watching began, on the clock: a later part of it keeps the pace. @default now */
	since?: number;
	/** Called with every status word that is read. */
	onStatus?(status: string): void;
	/** Called when a status could not be read; watching goes on. */
	onTrouble?(error: unknown): void;
}

export interface PollerOptions {
	/** One request for all ids; ids that it leaves out are looked at again later. An error ends the watching of this id alone. */
	readStatuses(videoIds: string[]): Promise<ReadonlyMap<string, string | Error>>;
	/** Whether an error ends all watching, such as a key that was revoked. */
	isFatal(error: unknown): boolean;
	clock: Clock;
}

interface Watcher extends Watching {
	videoId: string;
	since: number;
	dueAt: number;
	settle(outcome: { status: string } | { error: unknown }): void;
}

export type Poller = ReturnType<typeof createPoller>;

/** Watches all videos in flight together: whenever one is due, one request asks for all of them. */
export function createPoller({ readStatuses, isFatal, clock }: PollerOptions) {
	const watchers = new Set<Watcher>();
	let wake = new AbortController();
	let running = false;

	async function run() {
		running = true;
		while (watchers.size > 0) {
			const dueAt = Math.min(...[...watchers].map((watcher) => watcher.dueAt));
			const waitMs = dueAt - clock.elapsed();
			if (waitMs > 0) {
				await clock.sleep(waitMs, wake.signal).catch(() => {});
				wake = new AbortController();
				continue;
			}
			await poll([...watchers]);
		}
		running = false;
	}

	async function poll(watched: Watcher[]) {
		try {
			const statuses = await readStatuses([...new Set(watched.map(({ videoId }) => videoId))]);
			for (const watcher of watched) {
				const status = statuses.get(watcher.videoId);
				if (status === undefined) continue;
				if (status instanceof Error) {
					watcher.settle({ error: status });
					continue;
				}
				watcher.onStatus?.(status);
				if (endsWatching(status)) watcher.settle({ status });
			}
		} catch (error) {
			for (const watcher of watched) {
				if (isFatal(error)) watcher.settle({ error });
				else watcher.onTrouble?.(error);
			}
		}
		const now = clock.elapsed();
		for (const watcher of watched) watcher.dueAt = now + pollDelay(now - watcher.since);
	}

	return {
		/** Resolves with `completed`, `failed` or `not_found`; rejects when the signal is aborted or an error is fatal. */
		watch(videoId: string, watching: Watching): Promise<string> {
			return new Promise((resolve, reject) => {
				watching.signal.throwIfAborted();
				const now = clock.elapsed();
				const { since = now } = watching;
				const abort = () => watcher.settle({ error: watching.signal.reason });
				const watcher: Watcher = {
					...watching,
					videoId,
					since,
					dueAt: now + pollDelay(now - since),
					settle(outcome) {
						watchers.delete(watcher);
						watching.signal.removeEventListener("abort", abort);
						if ("status" in outcome) resolve(outcome.status);
						else reject(outcome.error);
					},
				};
				watchers.add(watcher);
				watching.signal.addEventListener("abort", abort, { once: true });
				if (running) wake.abort();
				else void run();
			});
		},
	};
}

/** The wait before the next look at a video that has been watched for so long, both in milliseconds. */
export function pollDelay(watchedForMs: number): number {
	return Math.min(Math.max(watchedForMs * SHARE, SHORTEST_POLL_MS), LONGEST_POLL_MS);
}

const endsWatching = (status: string) =>
	status === "completed" || status === "failed" || status === "not_found";
