interface Refused {
	status?: number | undefined;
	code?: string | undefined;
}

/** By HeyGen's code. `docs/errors.md` tells each, and what it means. */
export const HINTS_BY_CODE: Readonly<Record<string, string>> = {
	insufficient_credit: "Top up the API wallet at app.heygen.com, then run again.",
	trial_limit_exceeded:
		"The trial's limit is reached: choose a plan or top up the API wallet, then run again.",
	plan_upgrade_required: "The account's plan does not include this; upgrade it at app.heygen.com.",
	subscription_required: "The account needs a subscription for this; see app.heygen.com.",
	content_policy_violation: "HeyGen's moderation refused the content: change the prompt or the references.",
	avatar_not_usable: "HeyGen does not let this look be used (often moderation): choose another look.",
	avatar_consent_required:
		"The look's person has not given consent yet: finish the consent at app.heygen.com.",
	avatar_expired: "This look is no longer available: choose another one.",
	avatar_not_found:
		"Look ids are listed by `npx pulumi-heygen looks` (GET /v3/avatars/looks); an avatar group's id is not a look's id.",
	video_not_found: "Check the id, and that the key is of the account that holds the video.",
	resource_not_ready: "The look is still in training: run again when app.heygen.com shows it as ready.",
	download_failed:
		"HeyGen could not fetch a reference: its URL must be public and end in the file's true extension.",
	resource_access_denied:
		"The key's account has no access to this; check that the key is of the right account.",
	quota_exceeded: "The account's quota is used up; see app.heygen.com.",
	request_in_progress:
		"HeyGen is still working on the same submit; run again in a minute, it is paid only once.",
};

/** By the status, where the code is not known. */
export const HINTS_BY_STATUS: Readonly<Record<number, string>> = {
	401: "Check the API key: `pulumi config set heygen:apiKey --secret` or HEYGEN_API_KEY.",
	402: "The account cannot pay for this render: top it up at app.heygen.com, then run again.",
	403: "The key is valid but may not do this; check the account's plan, region and rights at app.heygen.com.",
	413: "The request is too large: give large files as `{ file }`, as an Asset or as a URL instead of base64.",
	429: "HeyGen is busy for this account; run again later, or lower heygen:concurrency.",
};

const NOT_HEYGENS =
	"The answer has no code of HeyGen's, so it is likely that of a proxy or gateway: check the way to heygen:baseUrl.";

/** What a user can do about a refusal: by HeyGen's code where it is known, else by the HTTP status. */
export function hintFor({ status, code }: Refused): string | undefined {
	const byCode = code === undefined || !Object.hasOwn(HINTS_BY_CODE, code) ? undefined : HINTS_BY_CODE[code];
	if (byCode !== undefined) return byCode;
	if (status === undefined) return undefined;
	if (code === undefined && [401, 402, 403, 407].includes(status)) return NOT_HEYGENS;
	if (status >= 500) return "The service has trouble; run again later, what was submitted is not paid twice.";
	return HINTS_BY_STATUS[status];
}
