import "./refuseOldNode.ts";

export { Asset, type AssetArgs } from "./asset.ts";
export type {
	AvatarShotsVideoArgs,
	AvatarShotsVideoReference,
	AvatarShotsVideoWait,
} from "./avatarShotsVideo.ts";
export { AvatarShotsVideo } from "./avatarShotsVideo.ts";
export type { AccountBalance, AccountCredits, GetAccountResult } from "./functions/getAccount.ts";
export { getAccount, getAccountOutput } from "./functions/getAccount.ts";
export type { GetAvatarLookArgs, GetAvatarLookOutputArgs } from "./functions/getAvatarLook.ts";
export { getAvatarLook, getAvatarLookOutput } from "./functions/getAvatarLook.ts";
export type { AvatarLook, GetAvatarLooksArgs, GetAvatarLooksOutputArgs } from "./functions/getAvatarLooks.ts";
export { getAvatarLooks, getAvatarLooksOutput } from "./functions/getAvatarLooks.ts";
export type { GetVideoArgs, GetVideoOutputArgs, GetVideoResult } from "./functions/getVideo.ts";
export { getVideo, getVideoOutput } from "./functions/getVideo.ts";
export type { WebhookEventType } from "./functions/getWebhookEventTypes.ts";
export { getWebhookEventTypes, getWebhookEventTypesOutput } from "./functions/getWebhookEventTypes.ts";
export type { FunctionOptions } from "./functions/options.ts";
export type { VideoFileArgs, VideoFileWait } from "./videoFile.ts";
export { VideoFile } from "./videoFile.ts";
export { VideoSet, type VideoSetArgs } from "./videoSet.ts";
export type { VideoSpec, VideoSpecVariable } from "./videoSpec.ts";
export { WebhookEndpoint, type WebhookEndpointArgs } from "./webhookEndpoint.ts";
