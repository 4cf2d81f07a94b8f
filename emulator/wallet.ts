import type { Account } from "./accounts.ts";
import type { Store } from "./store.ts";
import { isCharged } from "./video.ts";

/** US dollars that the renders of an account have taken from its wallet. */
export function spentUsd(store: Store, username: string, nowMs: number): number {
	const free = store.failing(username).filter((video) => !isCharged(video, nowMs));
	return free.reduce((usd, { priceUsd }) => usd - priceUsd, store.priceOfAll(username));
}

/** US dollars that an account's wallet holds now, in whole cents. */
export function balanceUsd(store: Store, account: Account, nowMs: number): number {
	return Math.round((account.balanceUsd - spentUsd(store, account.username, nowMs)) * 100) / 100;
}
