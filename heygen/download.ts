import type { Clock } from "./clock.ts";
import { type FileHostLimits, FileHostTrouble, type FileKnown, openPart } from "./fileHost.ts";
import { LONGEST_DELAY_MS, MOST_TRIES, retryDelay } from "./retry.ts";
import { tidyMemory } from "./tidyMemory.ts";

/** The most tries of one download, also when each of them brings a little. */
const MOST_TRIES_IN_ALL = 100;
/** How much is taken from a host that does not say how much it sends, in bytes: 4 GiB. */
export const MOST_UNANNOUNCED_BYTES = 4 * 1024 ** 3;

/** Where the bytes go. */
export interface DownloadSink {
	/** Takes the next bytes; the download goes on when it resolves, and ends with its error when it rejects. */
	write(bytes: Uint8Array): Promise<void>;
	/** Forgets everything: the next bytes are the file's first. */
	restart(): Promise<void>;
}

export interface DownloadLimits extends FileHostLimits {
	/** Tries in a row that bring nothing new. @default 5 */
	mostTries?: number;
	/** The most bytes of a file whose length is not announced. @default 4 GiB */
	mostUnannouncedBytes?: number;
}

export interface DownloadOptions {
	/** A link that is good now. Asked for each try, since links expire; its errors end the download. */
	link(): Promise<string>;
	sink: DownloadSink;
	clock: Clock;
	signal: AbortSignal;
	limits?: DownloadLimits | undefined;
	/** Called with each piece; `total` is undefined when the host does not say. */
	onProgress?(received: number, total: number | undefined): void;
}

/** A download that is given up. The message tells why and holds no link. */
export class DownloadError extends Error {
	constructor(message: string) {
		super(message);
		this.name = "DownloadError";
	}
}

/**
 * Brings a file to the sink, whole: resolves with its length in bytes. A connection that breaks or a link that expires is
 * followed by another try with a fresh link, which goes on where the last one ended if the host serves parts. There is no
 * limit to the whole, but to the time without an answer, without a byte, and to tries that bring nothing.
 */
export async function download(options: DownloadOptions): Promise<number> {
	const { sink, clock, signal, onProgress, limits = {} } = options;
	const { mostTries = MOST_TRIES, mostUnannouncedBytes = MOST_UNANNOUNCED_BYTES } = limits;
	let received = 0;
	let furthest = 0;
	let failures = 0;
	let known: FileKnown | undefined;

	for (let tries = 1; ; tries++) {
		signal.throwIfAborted();
		const link = await options.link();
		const before = furthest;
		try {
			const nameable = known?.etag !== undefined || known?.total !== undefined;
			const part = await openPart(link, { from: nameable ? received : 0, known }, limits, signal);
			if (part.from === 0 && received > 0) {
				received = 0;
				await sink.restart();
			}
			const { total, etag } = part;
			known = { total, etag };
			for await (const bytes of part.body) {
				received += bytes.length;
				if (received > (total ?? mostUnannouncedBytes))
					throw new DownloadError(tooLongText(total, mostUnannouncedBytes));
				await sink.write(bytes);
				tidyMemory(bytes.length);
				furthest = Math.max(furthest, received);
				onProgress?.(received, total);
			}
			if (total === undefined || received === total) return received;
			throw new FileHostTrouble(`the connection ended after ${received} of ${total} bytes`);
		} catch (error) {
			if (!(error instanceof FileHostTrouble)) throw error;
			failures = furthest > before ? 1 : failures + 1;
			if (failures >= mostTries || tries >= MOST_TRIES_IN_ALL) {
				throw new DownloadError(`the download failed ${tries} times, the last time because ${error.message}`);
			}
			const delayMs = retryDelay(failures, error.retryAfterMs, clock.random());
			await clock.sleep(Math.min(delayMs, LONGEST_DELAY_MS), signal);
		}
	}
}

const tooLongText = (total: number | undefined, most: number) =>
	total === undefined
		? `the file host sends without end: more than ${most} bytes, and no length was announced`
		: `the file host sends more than the ${total} bytes that it announced`;
