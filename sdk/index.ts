export type {
	AvatarShotsVideoArgs,
	AvatarShotsVideoReference,
	AvatarShotsVideoWait,
} from "./avatarShotsVideo.ts";
export { AvatarShotsVideo } from "./avatarShotsVideo.ts";
