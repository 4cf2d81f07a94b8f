import type { Accounts } from "./accounts.ts";
import type { Assets } from "./assets/assets.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Files } from "./files.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Interceptions } from "./interceptions.ts";
import type { Links } from "./links.ts";
import type { EmulatorSettings } from "./options.ts";
import type { Recorder } from "./recorder.ts";
import type { Store } from "./store.ts";
import type { Failure } from "./video.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";

/** What the routes of one emulator share. */
export interface World {
	readonly store: Store;
	readonly clock: EmulatorClock;
	readonly settings: EmulatorSettings;
	readonly accounts: Accounts;
	readonly links: Links;
	readonly idempotency: Idempotency;
	readonly files: Files;
	readonly assets: Assets;
	readonly webhooks: Webhooks;
	readonly recorder: Recorder;
	readonly interceptions: Interceptions;
	/** Failures waiting for the next submits, the first one first. */
	readonly nextFailures: Failure[];
}
