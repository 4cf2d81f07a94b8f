import * as pulumi from "@pulumi/pulumi";
import * as heygen from "pulumi-heygen";

const lookName = new pulumi.Config("brand-assets").get("look") ?? "Chloe in a bright kitchen";
const look = heygen.getAvatarLookOutput({ name: lookName });

const logo = new heygen.Asset("logo", { source: "brand/logo.png" });

const hero = new heygen.AvatarShotsVideo("hero", {
	prompt: "A presenter in a bright kitchen holds up a box with our logo and smiles; slow push-in.",
	avatarIds: [look.id],
	references: [{ assetId: logo.id }, { file: "brand/kitchen.png" }],
	duration: 5,
	aspectRatio: "9:16",
});

const file = new heygen.VideoFile("hero", { videoId: hero.id, path: "dist/hero.mp4" });
const still = new heygen.VideoFile("still", {
	videoId: hero.id,
	path: "dist/hero.jpg",
	kind: "thumbnail",
});

export const rendered = { file: file.path, still: still.path, sha256: file.sha256 };
