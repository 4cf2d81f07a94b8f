import { type Dispatcher, request } from "undici";
import { type CallOptions, RETRY_FOR_MS } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { HeyGenAnswerInvalid, HeyGenRefusal, HeyGenUnreachable } from "./errors.ts";
import { redact } from "./redact.ts";
import { single } from "./refusal.ts";
import { MOST_TRIES, parseRetryAfter, withRetries } from "./retry.ts";
import { isSafe } from "./safeUrl.ts";
import type { DirectUpload } from "./schemas/asset.ts";
import { FileChanged, type LocalFile, type OnProgress, plainBody } from "./uploadBody.ts";

export interface PutOptions extends CallOptions {
	onProgress?: OnProgress | undefined;
	/** The longest one try may take, in milliseconds. */
	timeLimitMs: number;
	dispatcher: Dispatcher;
	clock: Clock;
}

const CALL = "PUT to HeyGen's upload link";

/**
 * Puts a file to a presigned place of HeyGen's storage. The headers go as HeyGen said and none beside them: the size is
 * signed, and the key is not for the storage. Throws `HeyGenRefusal` with the storage's own code, for instance 403 for a
 * link that has expired.
 */
export function putFile(upload: DirectUpload, file: LocalFile, how: PutOptions): Promise<void> {
	const { retryForMs = RETRY_FOR_MS, mostTries = MOST_TRIES, signal, onRetry, clock } = how;
	const retry = { repeatable: true, forMs: retryForMs, mostTries, signal, onRetry };
	return withRetries(() => putOnce(upload, file, how), retry, clock);
}

async function putOnce(upload: DirectUpload, file: LocalFile, how: PutOptions): Promise<void> {
	const place = URL.parse(upload.upload_url);
	if (place === null || !isSafe(place)) {
		const reason = `the upload link is at ${place?.host ?? "no address"}, but not over https; nothing was sent`;
		throw new HeyGenAnswerInvalid(redact(reason), { call: CALL, whole: true });
	}
	const limit = AbortSignal.timeout(how.timeLimitMs);
	const body = plainBody(file, how.onProgress);
	try {
		const response = await request(place, {
			method: "PUT",
			signal: how.signal ? AbortSignal.any([how.signal, limit]) : limit,
			headers: { ...withoutLength(upload.upload_headers), "content-length": String(body.contentLength) },
			body: body.stream(),
			headersTimeout: 0,
			bodyTimeout: 0,
			dispatcher: how.dispatcher,
		});
		const text = await response.body.text();
		const { statusCode, headers } = response;
		if (statusCode >= 200 && statusCode < 300) return;
		throw new HeyGenRefusal(element(text, "Message") ?? "no reason was given", {
			call: CALL,
			status: statusCode,
			code: element(text, "Code"),
			retryAfterMs: parseRetryAfter(single(headers["retry-after"]), how.clock.now()),
		});
	} catch (error) {
		how.signal?.throwIfAborted();
		if (error instanceof HeyGenRefusal || error instanceof FileChanged) throw error;
		const why = limit.aborted ? `not done within ${Math.round(how.timeLimitMs / 1000)} s` : "it broke off";
		throw new HeyGenUnreachable(why, { call: CALL });
	}
}

const withoutLength = (headers: DirectUpload["upload_headers"]) =>
	Object.fromEntries(
		Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== "content-length"),
	);

/** The text of an XML element, the form in which a storage gives its reasons, fit to be shown. */
function element(xml: string, name: string): string | undefined {
	const text = new RegExp(`<${name}>([^<]{1,300})</${name}>`).exec(xml)?.[1];
	return text === undefined ? undefined : redact(text);
}
