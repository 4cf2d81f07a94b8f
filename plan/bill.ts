import { CHANGES, type Change, type PlannedVideo } from "./videos.ts";

export interface Limits {
	maxUsd?: number | undefined;
	maxVideos?: number | undefined;
}

/** What an update would cost. */
export interface Bill {
	/** Renders that are certain, and those that there may be at most. */
	renders: number;
	mostRenders: number;
	pricePerVideoUsd: number;
	costUsd: number;
	mostCostUsd: number;
	/** How many videos there are of each change. */
	counts: Record<Change, number>;
	/** The limits that `mostRenders` and `mostCostUsd` pass, each as a sentence; empty when they hold. */
	passed: string[];
}

export function billFor(
	videos: readonly PlannedVideo[],
	pricePerVideoUsd: number,
	limits: Limits = {},
): Bill {
	const count = (...changes: Change[]) => videos.filter(({ change }) => changes.includes(change)).length;
	const renders = count("new", "regenerated");
	const mostRenders = renders + count("perhaps");
	const cost = (number: number) => Math.round(number * pricePerVideoUsd * 100) / 100;
	const mostCostUsd = cost(mostRenders);
	const { maxUsd = Number.POSITIVE_INFINITY, maxVideos = Number.POSITIVE_INFINITY } = limits;
	const passed = [
		...(mostRenders > maxVideos ? [tooMany(mostRenders, maxVideos)] : []),
		...(mostCostUsd > maxUsd ? [`USD ${mostCostUsd.toFixed(2)} is more than --max-usd ${maxUsd}.`] : []),
	];
	return {
		renders,
		mostRenders,
		pricePerVideoUsd,
		costUsd: cost(renders),
		mostCostUsd,
		counts: Object.fromEntries(CHANGES.map((change) => [change, count(change)])) as Bill["counts"],
		passed,
	};
}

const tooMany = (renders: number, most: number) =>
	`${renders} ${renders === 1 ? "render is" : "renders are"} more than --max-videos ${most}.`;
