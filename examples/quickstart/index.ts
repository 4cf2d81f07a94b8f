import * as pulumi from "@pulumi/pulumi";
import * as heygen from "pulumi-heygen";

const emulatorLook = "4daf6271ce5073b9d4f6182b3bc4d56e";
const avatarId =
	new pulumi.Config("quickstart").get("avatarId") ?? process.env.HEYGEN_AVATAR_ID ?? emulatorLook;

const hero = new heygen.AvatarShotsVideo("hero", {
	prompt: "A baker carries a tray through a bright kitchen; slow push-in.",
	avatarIds: [avatarId],
	duration: 6,
	title: "Hero video",
});

const file = new heygen.VideoFile("hero", {
	videoId: hero.id,
	path: "out/hero.mp4",
	overwrite: true, // also one that another stack of this program has written
});

export const video = hero.id;
export const mp4 = file.path;
export const page = hero.videoPageUrl;
export const url = hero.videoUrl;
