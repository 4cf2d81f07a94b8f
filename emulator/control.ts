import { controlAssets } from "./assets/controlAsset.ts";
import type { ControlVideo, EmulatorControl } from "./controlTypes.ts";
import type { EmulatorSettings } from "./options.ts";
import { changeSettings } from "./settings.ts";
import { isCharged, type StoredVideo, statusOf } from "./video.ts";
import { spentUsd } from "./wallet.ts";
import { webhookControl } from "./webhooks/controlWebhooks.ts";
import type { World } from "./world.ts";

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
