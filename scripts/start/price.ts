import { billFor } from "../../plan/bill.ts";
import { readPreview } from "../../plan/preview.ts";
import { plannedVideos } from "../../plan/videos.ts";
import { readSettings } from "../../provider/settings.ts";
import { UserError } from "../userError.ts";

export const PRICE = "heygen:pricePerVideoUsd";

/**
 * What a render costs, in US dollars, as the provider reads it: the stack's config, the environment, HeyGen's list price.
 * Throws a {@link UserError} for what is no price.
 */
export function pricePerVideo(configured: string | undefined, environment: NodeJS.ProcessEnv): number {
	const config = (key: string) => (key === PRICE ? configured : undefined);
	const { pricePerVideoUsd, problems } = readSettings({ config, environment });
	const wrong = problems.find(({ property }) => property === PRICE);
	if (wrong !== undefined) throw new UserError(`${wrong.property}: ${wrong.reason}`);
	return pricePerVideoUsd;
}

/** What an `up` would cost, in a line, by the output of `pulumi preview --json`; undefined where it has nothing to do. */
export function priceLine(preview: string, priceUsd: number): string | undefined {
	const read = readPreview(preview, "The output of `pulumi preview`");
	if (read.steps.every(({ op }) => op === "same" || op === "read")) return undefined;
	const { renders, mostRenders, mostCostUsd } = billFor(plannedVideos(read), priceUsd);
	if (mostRenders === 0) return "Price: nothing is rendered, so nothing is paid.";
	const videos = mostRenders === 1 ? "1 video" : `${mostRenders} videos`;
	const most = mostRenders > renders ? "at most " : "";
	return `Price: ${most}${videos} × USD ${priceUsd.toFixed(2)} = USD ${mostCostUsd.toFixed(2)}.`;
}
