import * as heygen from "pulumi-heygen";

const strangersLook = "3c9e5160bd4f62a8c3e5071a2ab3c45d";
const prompt = "A baker puts a loaf into a paper bag and smiles.";

/** Each of these videos breaks one rule of the pack. */
export function breakEveryRule(look: string): void {
	const avatarIds = [look];
	const logo = new heygen.Asset("logo", { source: "brand/logo.png" });
	new heygen.AvatarShotsVideo("other-look", { prompt, avatarIds: [logo.id, strangersLook], duration: 6 });
	new heygen.AvatarShotsVideo("too-long", { prompt, avatarIds, duration: 12 });
	new heygen.AvatarShotsVideo("any-length", { prompt, avatarIds, autoDuration: true });
	new heygen.AvatarShotsVideo("too-sharp", { prompt, avatarIds, duration: 6, resolution: "1080p" });
	new heygen.AvatarShotsVideo("loud", {
		prompt: "A baker shouts: GUARANTEED fresh! DERNIE\u0300RE CHANCE!",
		avatarIds,
		duration: 6,
	});
	new heygen.AvatarShotsVideo("at-risk", { prompt, avatarIds, duration: 6, title: "Published: Bread" });
}

/** A preview does not know this look yet. Only the update, which has uploaded the file, can tell that it is none of the list. */
export function breakOneLate(): void {
	const logo = new heygen.Asset("logo", { source: "brand/logo.png" });
	new heygen.AvatarShotsVideo("late", { prompt, avatarIds: [logo.id], duration: 6 });
}
