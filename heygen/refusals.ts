import { HeyGenRefusal } from "./errors.ts";

const NO_ACCESS = [401, 402, 403];
/** Codes of a 402 that are the wallet's. The other ones, such as `plan_upgrade_required`, may be about what was asked for. */
const EMPTY_WALLET = ["insufficient_credit", "trial_limit_exceeded"];

/**
 * Whether HeyGen itself says no to this key or account, which asking again does not change. Without HeyGen's code it was
 * a gateway that said so.
 */
export const isNoAccess = (error: unknown): error is HeyGenRefusal =>
	error instanceof HeyGenRefusal && error.code !== undefined && NO_ACCESS.includes(error.status);

/**
 * Whether the refusal of one call is that of every submit: a key that is not valid, an empty wallet or quota, an account
 * that may not even be told its own name. Any other 402 or 403 may be about one video, its look or its resolution.
 */
export function refusesAllSubmits(error: unknown): error is HeyGenRefusal {
	if (!(error instanceof HeyGenRefusal) || error.code === undefined) return false;
	const { status, code, call } = error;
	if (status === 402) return EMPTY_WALLET.includes(code);
	if (status === 403) return call === "GET /v3/users/me";
	if (status === 429) return code === "quota_exceeded" && call === "POST /v3/videos";
	return status === 401;
}
