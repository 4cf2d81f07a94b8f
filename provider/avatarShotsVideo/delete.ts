import { HeyGenRefusal, isNotFound } from "../../heygen/errors.ts";
import { LONGEST_DELAY_MS, retryDelay } from "../../heygen/retry.ts";
import { sameAccount } from "../account.ts";
import type { Context, Values } from "../lifecycle.ts";
import { refuseOtherAccount } from "./account.ts";

/** For how long a delete is tried while HeyGen refuses it, for instance because the video is still rendering. */
const DELETE_FOR_MS = 15 * 60_000;

/** Deletes a video at HeyGen for good, unless the stack still holds it under another resource or after this run. */
export async function remove(id: string, state: Values, context: Context): Promise<void> {
	const { clock, signal, renders, report, note } = context;
	if (renders.resources.isLive(id)) {
		note(`Video ${id} is kept at HeyGen: the stack still uses it.`);
		return;
	}
	// A 404 after this is a video that is gone: by this very call, when its first answer was lost.
	await refuseOtherAccount(id, state["account"], context);
	const start = clock.elapsed();
	for (let tries = 1; ; tries++) {
		try {
			await context.heygen().deleteVideo(id, { signal });
			return;
		} catch (error) {
			if (isNotFound(error)) return void (await sameAccount(context));
			if (!isRefusedForNow(error)) throw error;
			const delayMs = Math.min(retryDelay(tries, error.retryAfterMs, clock.random()) * 4, LONGEST_DELAY_MS);
			if (clock.elapsed() - start + delayMs > DELETE_FOR_MS) throw error;
			report("HeyGen does not delete the video yet; trying again");
			await clock.sleep(delayMs, signal);
		}
	}
}

const isRefusedForNow = (error: unknown): error is HeyGenRefusal =>
	error instanceof HeyGenRefusal && (error.status === 409 || error.status === 500);
