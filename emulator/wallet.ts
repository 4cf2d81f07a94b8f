import type { Store } from "./store.ts";
import { isCharged } from "./video.ts";

/** US dollars that the renders of an account have taken from its wallet. */
export function spentUsd(store: Store, username: string, nowMs: number): number {
	const free = store.failing(username).filter((video) => !isCharged(video, nowMs));
	return free.reduce((usd, { priceUsd }) => usd - priceUsd, store.priceOfAll(username));
}
