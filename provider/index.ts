/**
 * What runs in the engine's provider process. State refers to these names (see `host/contract.ts`): one for each
 * resource, and none may ever go.
 */
import { asset } from "./asset/index.ts";
import { avatarShotsVideo } from "./avatarShotsVideo/index.ts";
import { dynamicProvider } from "./host/dynamicProvider.ts";
import { createRun } from "./host/run.ts";
import { createVideoFile } from "./videoFile/index.ts";
import { webhookEndpoint } from "./webhookEndpoint/index.ts";

// The engine ends this process by a signal, after every run and in the middle of one that is cancelled twice. Ending it by
// itself lets the parts of files go that are still being written.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const run = createRun({
	engine: process.argv[2],
	environment: process.env,
	onAbandoned: () => process.exit(1),
});

export const AvatarShotsVideo = dynamicProvider(avatarShotsVideo, run);
export const WebhookEndpoint = dynamicProvider(webhookEndpoint, run);
export const Asset = dynamicProvider(asset, run);
export const VideoFile = dynamicProvider(createVideoFile(), run);
