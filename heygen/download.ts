import type { Clock } from "./clock.ts";
import { FileHostTrouble } from "./fileBody.ts";
import { type FileHostLimits, type FileKnown, MOST_BYTES, openPart } from "./fileHost.ts";
import { LONGEST_DELAY_MS, MOST_TRIES, retryDelay } from "./retry.ts";
import { tidyMemory } from "./tidyMemory.ts";

/** The most tries of one download, also when each of them brings a little. */
const MOST_TRIES_IN_ALL = 100;
/** The longest download, in milliseconds, whatever it brings: a day. */
const LONGEST_MS = 24 * 3_600_000;

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
 * followed by another try with a fresh link, which goes on where the last one ended if the host serves parts. There are
 * limits to the time without an answer or with hardly a byte, to tries that bring nothing, to the file's length, and of a
 * day to the whole.
 */
export async function download(options: DownloadOptions): Promise<number> {
	const { sink, clock, signal, onProgress, limits = {} } = options;
	const { mostTries = MOST_TRIES, mostBytes = MOST_BYTES } = limits;
	const start = clock.elapsed();
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
				if (received > (total ?? mostBytes)) throw new DownloadError(tooLongText(total, mostBytes));
				if (clock.elapsed() - start > LONGEST_MS) throw new DownloadError("it took more than a day");
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
