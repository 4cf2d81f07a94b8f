import { PolicyPack } from "@pulumi/policy";
import { forEachKnown, forVideos } from "./videos";
import { wordsIn } from "./words";

/** What HeyGen makes at most where it chooses the length. */
const LONGEST_AT_HEYGEN = 15;

new PolicyPack("video-rules", {
	enforcementLevel: "mandatory",
	policies: [
		{
			name: "allowed-looks",
			description: "Only the looks on the team's list play in videos.",
			configSchema: {
				properties: {
					avatarIds: { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
				},
				required: ["avatarIds"],
			},
			validateResource: forVideos<{ avatarIds: string[] }>((video, { avatarIds }, refuse) => {
				forEachKnown<string>(video.props.avatarIds, (look) => {
					if (avatarIds.includes(look)) return;
					refuse(`uses the look ${look}, which is not on the list. Use one of ${avatarIds.join(", ")}.`);
				});
			}),
		},
		{
			name: "longest-duration",
			description: "No video is longer than the team wants to pay for.",
			configSchema: {
				properties: { seconds: { type: "integer", minimum: 4, maximum: LONGEST_AT_HEYGEN, default: 10 } },
			},
			validateResource: forVideos<{ seconds: number }>((video, { seconds }, refuse) => {
				const { autoDuration, duration } = video.props;
				if (autoDuration && seconds < LONGEST_AT_HEYGEN) {
					refuse(
						`lets HeyGen choose its length, which may be ${LONGEST_AT_HEYGEN} seconds. Take autoDuration away and set duration to ${seconds} or less.`,
					);
				} else if (duration > seconds) {
					refuse(`is ${duration} seconds long. Set duration to ${seconds} or less.`);
				}
			}),
		},
		{
			name: "full-hd-by-name",
			description: "A video in 1080p says so in its name, where reviewers see it.",
			enforcementLevel: "advisory",
			configSchema: {
				properties: { part: { type: "string", pattern: "^[\\p{L}\\p{N}]+$", default: "1080p" } },
			},
			validateResource: forVideos<{ part: string }>((video, { part }, refuse) => {
				if (video.props.resolution !== "1080p" || partsOf(video.name).includes(part)) return;
				refuse(`is in 1080p. Take resolution away, or call it "${video.name}-${part}".`);
			}),
		},
		{
			name: "forbidden-words",
			description: "Prompts keep clear of words that the brand does not use.",
			configSchema: {
				properties: {
					words: { type: "array", items: { type: "string", pattern: "\\S" }, default: [] },
				},
			},
			validateResource: forVideos<{ words: string[] }>((video, { words }, refuse) => {
				const found = wordsIn(video.props.prompt, words).map((word) => `"${word}"`);
				if (found.length > 0) refuse(`has ${found.join(" and ")} in its prompt. Say it in other words.`);
			}),
		},
		{
			name: "published-protected",
			description: "A published video is neither deleted nor rendered anew by mistake.",
			configSchema: {
				properties: { titlePrefix: { type: "string", minLength: 1, default: "Published:" } },
			},
			validateResource: forVideos<{ titlePrefix: string }>((video, { titlePrefix }, refuse) => {
				if (video.opts.protect || !video.props.title?.startsWith(titlePrefix)) return;
				refuse(
					`is published, since its title begins with "${titlePrefix}", and not protected. Add { protect: true } to its options.`,
				);
			}),
		},
	],
});

function partsOf(name: string): string[] {
	return name.split(/[^\p{L}\p{N}]+/u);
}
