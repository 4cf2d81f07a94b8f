export { Asset, type AssetArgs } from "./asset.ts";
export type {
	AvatarShotsVideoArgs,
	AvatarShotsVideoReference,
	AvatarShotsVideoWait,
} from "./avatarShotsVideo.ts";
export { AvatarShotsVideo } from "./avatarShotsVideo.ts";
