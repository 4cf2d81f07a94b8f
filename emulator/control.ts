import { type ControlAsset, controlAssets } from "./assets/controlAsset.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Interception, InterceptionHandle } from "./interceptions.ts";
import type { EmulatorSettings, RecordedRequest } from "./options.ts";
import { changeSettings } from "./settings.ts";
import { isCharged, type StoredVideo, statusOf, type VideoStatus } from "./video.ts";
import { spentUsd } from "./wallet.ts";
import { type WebhookControl, webhookControl } from "./webhooks/controlWebhooks.ts";
import type { World } from "./world.ts";

/** A video as a test sees it, deleted ones included. */
export interface ControlVideo {
	readonly id: string;
	/** The account. */
	readonly username: string;
	/** Of a deleted one: as it was when it was deleted. */
	readonly status: VideoStatus;
	readonly deleted: boolean;
	/** The submitted body. */
	readonly body: StoredVideo["body"];
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

export function controlOf(world: World): EmulatorControl {
	const { store, clock, recorder, interceptions, accounts } = world;
	return {
		settings: checkedSettings(world.settings),
		clock,
		paidRenders: () => store.videos().filter((video) => isCharged(video, clock.now())).length,
		acceptedRenders: () => store.videos().length,
		requests: () => recorder.requests(),
		clearRequests: () => recorder.clear(),
		videos: () =>
			store
				.videos()
				.reverse()
				.map((video) => controlVideo(video, clock.now())),
		assets: () => controlAssets(world.assets),
		uploads: () => world.assets.table.list().reduce((sum, { uploads }) => sum + uploads, 0),
		...webhookControl(world.webhooks, accounts, world.settings),
		failNextRender: ({ code, message }) => {
			world.nextFailures.push({ code, message });
		},
		intercept: (interception) => interceptions.add(interception),
		revokeKey: (apiKey) => accounts.revokeKey(apiKey),
		giveKey: (apiKey, username) => accounts.giveKey(apiKey, username),
		setBalance: (username, usd) => {
			if (!Number.isFinite(usd)) throw new TypeError(`A wallet holds a number of US dollars, not ${usd}.`);
			accounts.named(username).balanceUsd = usd + spentUsd(store, username, clock.now());
		},
	};
}

function checkedSettings(settings: EmulatorSettings): EmulatorSettings {
	return new Proxy(settings, {
		set(target, name, value) {
			changeSettings(target, { [String(name)]: value });
			return true;
		},
	});
}

function controlVideo(video: StoredVideo, nowMs: number): ControlVideo {
	const { id, username, body, idempotencyKey, createdMs, deletedMs } = video;
	const status = statusOf(video, nowMs);
	return { id, username, status, deleted: deletedMs !== null, body, idempotencyKey, createdAt: createdMs };
}
