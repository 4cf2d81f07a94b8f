import * as heygen from "pulumi-heygen";
import { breakEveryRule, breakOneLate } from "./broken";

const kitchen = "4daf6271ce5073b9d4f6182b3bc4d56e";
const presenter = "9c3e5f708192a3b41a7c3f5e9b2d4086";

new heygen.AvatarShotsVideo(
	"opening",
	{
		prompt: "A baker carries a tray through a bright kitchen; a sign is guaranteeing fresh bread.",
		avatarIds: [kitchen],
		duration: 6,
		title: "Published: Opening day",
	},
	{ protect: true },
);

new heygen.AvatarShotsVideo("trade-fair-1080p", {
	prompt: "Our presenter walks up to a wide counter and waves; slow push-in.",
	avatarIds: [presenter],
	duration: 8,
	resolution: "1080p",
});

if (process.env.BREAK_RULES === "late") breakOneLate();
else if (process.env.BREAK_RULES) breakEveryRule(kitchen);
