import { checkLimits } from "./checkLimits.ts";
import type { WebhookEvent } from "./events.ts";
import { secretList, type WebhookSecrets } from "./secrets.ts";

export interface WebhookHandlerOptions {
	secrets: WebhookSecrets;
	/**
	 * Called once the request is verified. HeyGen waits 10 s for the answer, so leave long work to a queue. When it throws
	 * or rejects, HeyGen is told 500 and delivers the event again, for up to 24 hours.
	 */
	onEvent: (event: WebhookEvent) => unknown;
	/**
	 * Whether an event was dealt with before; then HeyGen is told 200 and `onEvent` is not called. Note the id at the end of
	 * `onEvent`, not here, so that an event that failed is not lost. Not asked for an event without an id.
	 * @default no event is a duplicate
	 */
	isDuplicate?: ((eventId: string, event: WebhookEvent) => boolean | Promise<boolean>) | undefined;
	/**
	 * Told of every request that is refused, with a `WebhookError`, and of what `onEvent` or `isDuplicate` threw. The
	 * sender gets the error's `code` alone.
	 * @default writes it to the standard error
	 */
	onError?: ((error: unknown) => void) | undefined;
	/** As for `verifyWebhook`. */
	maxAgeSeconds?: number | undefined;
	/**
	 * A longer body is refused with 413, and not read to its end.
	 * @default 1048576
	 */
	maxBodyBytes?: number | undefined;
	/** As for `verifyWebhook`. */
	now?: (() => number) | undefined;
}

/** Throws a `TypeError` that names the wrong option. */
export function checkOptions(options: WebhookHandlerOptions): void {
	secretList(options.secrets);
	checkLimits(options);
	if (typeof options.onEvent !== "function") throw new TypeError("`onEvent` must be a function.");
}
