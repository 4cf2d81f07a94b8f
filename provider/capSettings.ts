import type { Problem } from "./lifecycle.ts";

/** HeyGen's list price of a render, in US dollars. */
const LIST_PRICE_USD = 7;

/**
 * The input that marks, in previews alone, a new video whose inputs are not all known yet. It is never kept: an update
 * knows them.
 */
export const FIRST_RENDER = "firstRender";

/** What the user sets about the cost of a run. */
export interface CapSettings {
	/** The most renders that one run may start; undefined for as many as are wanted. */
	maxNewVideos: number | undefined;
	/** What a render costs, in US dollars: for what is told of costs, it changes nothing else. */
	pricePerVideoUsd: number;
}

/** Reads them; `given` is the value of a setting by its name in the config and in the environment. Never throws. */
export function readCapSettings(
	given: (name: string, variable: string) => string | undefined,
): CapSettings & { problems: Problem[] } {
	const problems: Problem[] = [];

	const most = given("maxNewVideos", "HEYGEN_MAX_NEW_VIDEOS");
	const isCount = most !== undefined && /^\d{1,6}$/.test(most);
	if (most !== undefined && !isCount) {
		const reason = `must be a whole number from 0 to 999999; got "${most}".`;
		problems.push({ property: "heygen:maxNewVideos", reason });
	}

	const price = given("pricePerVideoUsd", "HEYGEN_PRICE_PER_VIDEO_USD") ?? String(LIST_PRICE_USD);
	const isPrice = /^\d{1,6}(\.\d{1,4})?$/.test(price);
	if (!isPrice) {
		const reason = `must be a number of US dollars such as 7 or 6.5; got "${price}".`;
		problems.push({ property: "heygen:pricePerVideoUsd", reason });
	}

	return {
		maxNewVideos: isCount ? Number(most) : undefined,
		pricePerVideoUsd: isPrice ? Number(price) : LIST_PRICE_USD,
		problems,
	};
}

/** How many names a message lists. */
const MOST_NAMES = 20;

/** The first of the names, and how many there are beside them. */
export function listed(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMES).join(", ");
	return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

/** A number of videos and what they cost: `6 videos (USD 42.00)`. */
export function priced(count: number, pricePerVideoUsd: number): string {
	return `${count} ${count === 1 ? "video" : "videos"} (USD ${(count * pricePerVideoUsd).toFixed(2)})`;
}

/** What a preview tells of the renders that its update would start, when they are more than the user allows. */
export const previewOverCapText = (
	names: readonly string[],
	{ maxNewVideos, pricePerVideoUsd }: CapSettings,
) =>
	`The update would render ${priced(names.length, pricePerVideoUsd)}, and heygen:maxNewVideos allows ` +
	`${maxNewVideos}: ${listed(names)}. ${raiseCapText(names.length)}`;

/** What to do about a run that would render more than is allowed; `count` is what it takes. */
export const raiseCapText = (count: number) =>
	`If they are wanted, allow them: \`pulumi config set heygen:maxNewVideos ${count}\`, or ` +
	`HEYGEN_MAX_NEW_VIDEOS=${count} where the config sets none. If not, see what was changed: \`pulumi preview --diff\`.`;
