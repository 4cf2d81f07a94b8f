import { usd } from "../pages/parts.ts";
import { billFor } from "../plan/bill.ts";
import { CHANGE_WORDS } from "../plan/videos.ts";
import type { VideoChange } from "./change.ts";

/** What the next run would do, in a line: `6 to render (USD 42.00), 1 deleted`. */
export function planText(changes: readonly VideoChange[], priceUsd: number): string {
	const planned = changes.map(({ video }) => video);
	const { renders, mostRenders, costUsd, mostCostUsd, counts } = billFor(planned, priceUsd);
	const more = mostRenders > renders ? `; up to ${mostRenders}, ${usd(mostCostUsd)}` : "";
	const free = (["adopted", "changed", "deleted"] as const)
		.filter((change) => counts[change] > 0)
		.map((change) => `${counts[change]} ${CHANGE_WORDS[change]}`);
	return [`${renders} to render (${usd(costUsd)}${more})`, ...free].join(", ");
}
