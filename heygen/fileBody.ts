import type { Dispatcher } from "undici";
import { redact } from "./redact.ts";

/** How much of an answer that nobody wants is read to keep its connection, in bytes, and for how long, in milliseconds. */
const DROPPED_BYTES = 16 * 1024;
const DROPPED_MS = 1_000;
/** A connection that brings less than this on average, in bytes a second, counts as silent. */
const SLOWEST_BYTES_PER_SECOND = 1_024;

/** The file host did not give the file this time; a new link or another try may help. The message tells why, without the link. */
export class FileHostTrouble extends Error {
	readonly retryAfterMs: number | undefined;

	constructor(message: string, retryAfterMs?: number) {
		super(redact(message));
		this.name = "FileHostTrouble";
		this.retryAfterMs = retryAfterMs;
	}
}

/** Lets go of a body that nobody wants. Never fails. */
export async function dropBody(body: Dispatcher.ResponseData["body"]): Promise<void> {
	await body.dump({ limit: DROPPED_BYTES, signal: AbortSignal.timeout(DROPPED_MS) }).catch(() => {});
}

/**
 * The body's bytes. A connection that breaks off, falls silent, or brings hardly anything over `idleMs` is told as trouble
 * of the host; the time that the taker needs does not count.
 */
export async function* bytesOf(
	body: AsyncIterable<Uint8Array>,
	host: string,
	idleMs: number,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
	const pieces = body[Symbol.asyncIterator]();
	let [waitedMs, brought] = [0, 0];
	try {
		for (;;) {
			const asked = performance.now();
			const { done, value } = await pieces.next();
			if (done) return;
			waitedMs += performance.now() - asked;
			brought += value.length;
			if (waitedMs >= idleMs) {
				if (brought * 1_000 < SLOWEST_BYTES_PER_SECOND * waitedMs)
					throw new FileHostTrouble(tooSlow(host, brought));
				[waitedMs, brought] = [0, 0];
			}
			yield value;
		}
	} catch (error) {
		signal.throwIfAborted();
		throw error instanceof FileHostTrouble ? error : new FileHostTrouble(`${host}: ${reasonOf(error)}`);
	} finally {
		await pieces.return?.();
	}
}

/** Why a connection to a host failed. */
export function reasonOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	if (code === "UND_ERR_BODY_TIMEOUT") return "the connection fell silent";
	if (code === "UND_ERR_SOCKET" || code === "ECONNRESET") return "the connection broke off";
	return error instanceof Error && error.message !== "" ? error.message : "the connection failed";
}

const tooSlow = (host: string, bytes: number) =>
	`${host}: the connection brought hardly anything, ${bytes} bytes`;
