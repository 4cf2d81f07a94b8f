import { hintFor } from "../heygen/hints.ts";
import type { AvatarLook } from "../heygen/schemas/look.ts";

/** HeyGen's code for a submit with a look of such a status. */
const CODES: Readonly<Record<string, string>> = {
	processing: "resource_not_ready",
	pending_consent: "avatar_consent_required",
	failed: "avatar_not_usable",
};

/** Why no video can be rendered with a look. */
export interface NotUsable {
	/** HeyGen's words for it. */
	readonly why: string;
	readonly mend: string;
}

/** Undefined for a look that can be used, as far as HeyGen tells: of public looks it tells no status. */
export function notUsable({ status, error }: AvatarLook): NotUsable | undefined {
	const ofStatus = status && Object.hasOwn(CODES, status) ? CODES[status] : undefined;
	const code = error?.code || ofStatus;
	if (!code) return undefined;
	const said = error?.message ? `: ${error.message}` : "";
	return {
		why: `${[status, error?.code].filter(Boolean).join(", ")}${said}`,
		mend: hintFor({ code }) ?? "See the look at app.heygen.com, or choose another one.",
	};
}
