import type { ControlAsset } from "./assets/controlTypes.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Interception, InterceptionHandle } from "./interceptionTypes.ts";
import type { EmulatorSettings, RecordedRequest } from "./options.ts";
import type { WebhookControl } from "./webhooks/controlTypes.ts";

export type VideoStatus = "pending" | "processing" | "completed" | "failed";

/** The body of a submit that was accepted, in the API's own spelling. */
export interface SubmittedBody {
	readonly type: "avatar_shots" | "cinematic_avatar";
	readonly prompt: string;
	readonly avatar_id: readonly string[];
	readonly references?: readonly SubmittedReference[] | null | undefined;
	readonly aspect_ratio?: "16:9" | "9:16" | "1:1" | undefined;
	readonly resolution?: "720p" | "1080p" | undefined;
	readonly duration?: number | null | undefined;
	readonly auto_duration?: boolean | undefined;
	readonly enhance_prompt?: boolean | undefined;
	readonly title?: string | null | undefined;
	readonly callback_url?: string | undefined;
	readonly callback_id?: string | undefined;
}

export type SubmittedReference =
	| { readonly type: "url"; readonly url: string }
	| { readonly type: "asset_id"; readonly asset_id: string }
	| { readonly type: "base64"; readonly media_type: string; readonly data: string };

/** A video as a test sees it, deleted ones included. */
export interface ControlVideo {
	readonly id: string;
	/** The account. */
	readonly username: string;
	/** Of a deleted one: as it was when it was deleted. */
	readonly status: VideoStatus;
	readonly deleted: boolean;
	/** The submitted body. */
	readonly body: SubmittedBody;
	readonly idempotencyKey: string | null;
	/** Unix milliseconds. */
	readonly createdAt: number;
}

/** What tests do to an emulator, and ask it. The same is there over HTTP, below `/_emulator`. */
export interface EmulatorControl extends WebhookControl {
	/** The settings in force: read them, or assign to one. A wrong value throws a `TypeError`. */
	readonly settings: EmulatorSettings;
	readonly clock: EmulatorClock;
	/** Renders that were charged: accepted submits, not replays, and not failed. Renders of deleted videos count. */
	paidRenders(): number;
	/** Accepted submits, not replays; the failed ones as well. */
	acceptedRenders(): number;
	/**
	 * The latest requests in the order of their answers, up to 10,000 and up to 32 Mi characters of paths and bodies;
	 * those to the control routes are not among them.
	 */
	requests(): RecordedRequest[];
	clearRequests(): void;
	/** The oldest first. */
	videos(): ControlVideo[];
	/** The oldest first. */
	assets(): ControlAsset[];
	/** How often bytes of an asset were taken in, either way; not replays, not refusals. */
	uploads(): number;
	/** Makes the next accepted submit fail at the end of its processing. Several calls: one submit each. */
	failNextRender(failure: { readonly code: string | null; readonly message: string | null }): void;
	/** Throws a `TypeError` for an action that could not be carried out. */
	intercept(interception: Interception): InterceptionHandle;
	/** From now on every request with this key is a 401, as with a key that HeyGen never gave out. */
	revokeKey(apiKey: string): void;
	/** Makes a key one of an account's: a new one, or one that was another account's or revoked. */
	giveKey(apiKey: string, username: string): void;
	/** Sets what an account's wallet holds now, in US dollars: less than a render's price is a 402 at the next submit. */
	setBalance(username: string, usd: number): void;
}
