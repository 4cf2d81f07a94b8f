import { HeyGenRefusal } from "../heygen/errors.ts";
import { Shared, type SharedReason } from "./lifecycle.ts";

/** Refusals that many resources of a run are likely to meet together: of the key, the wallet, the rights, the quota. */
const OF_MANY = [401, 402, 403, 407];

/** The reason that other resources may fail for as well; `what` is what they say of themselves. Undefined for any other. */
export function sharedReason(error: unknown, what: string): SharedReason | undefined {
	if (error instanceof Shared) {
		return error.shared && { kind: error.shared.kind, brief: `${what}: ${error.shared.brief}` };
	}
	const refusal = error instanceof Error && error.cause instanceof HeyGenRefusal ? error.cause : error;
	if (!(refusal instanceof HeyGenRefusal)) return undefined;
	const { status, code, reason, videoId } = refusal;
	if (!OF_MANY.includes(status) && code !== "quota_exceeded") return undefined;
	const words = code === undefined ? `HTTP ${status}` : `${status} ${code}`;
	const same = videoId === undefined ? reason : reason.replaceAll(videoId, "");
	return { kind: `${words}: ${same}`, brief: `${what}: ${words}` };
}

/** What a failed call to HeyGen tells the user: `what` it left undone, and why. */
export function failureOf(what: string, error: Error): Shared {
	return new Shared(`${what}: ${error.message}`, sharedReason(error, what));
}
