import * as pulumi from "@pulumi/pulumi";
import {
	type CapSettings,
	FIRST_RENDER,
	previewOverCapText,
	readCapSettings,
} from "../provider/capSettings.ts";

/** What the provider adds to a video's inputs, by which a preview tells a render from a video that is adopted. */
export const PLAN_OUTPUTS = ["submissionKey", FIRST_RENDER];

/** The renders that a preview knows its update would start. */
interface Plan {
	add(name: string, video: pulumi.CustomResource): void;
}

/** By the engine's end of the run: the Automation API may start several in one process. */
const plans = new WeakMap<object, Plan>();

/**
 * The plan of this preview; undefined in an update, where the provider counts what it submits, and where there is no
 * limit. The provider cannot fail a preview well: it is asked about one video after the other, and the first that it
 * refuses ends the run, so that nobody would see how many follow.
 */
export function currentPlan(): Plan | undefined {
	const monitor: object | undefined = pulumi.runtime.getMonitor();
	if (monitor === undefined || !pulumi.runtime.isDryRun()) return undefined;
	const settings = readCapSettings(settingOf);
	if (settings.maxNewVideos === undefined) return undefined;
	const plan = plans.get(monitor) ?? createPlan(settings);
	plans.set(monitor, plan);
	return plan;
}

function settingOf(name: string, variable: string): string | undefined {
	const value = pulumi.runtime.getConfig(`heygen:${name}`) ?? process.env[variable];
	return value === undefined || value.trim() === "" ? undefined : value.trim();
}

/** Fails the run, once, when all videos made so far are previewed and too many of them are renders. */
function createPlan(settings: CapSettings): Plan {
	const renders: string[] = [];
	let pending = 0;
	let failed = false;

	async function count(name: string, video: pulumi.CustomResource): Promise<void> {
		pending++;
		if (await isRender(video).catch(() => false)) renders.push(name);
		pending--;
		if (pending > 0 || failed || renders.length <= (settings.maxNewVideos ?? renders.length)) return;
		failed = true;
		const told = new pulumi.RunError(previewOverCapText(renders.sort(), settings));
		throw Object.assign(told, { stack: "" });
	}

	// The SDK tells what nobody catches, with its stack, and fails the run.
	return { add: (name, video) => void count(name, video) };
}

/** A video without an id yet, and not by adoption or because the run leaves it aside: those have no key. */
async function isRender(video: pulumi.CustomResource): Promise<boolean> {
	const outputs = Object.fromEntries(Object.entries(video).filter(([name]) => PLAN_OUTPUTS.includes(name)));
	const { unknownValue } = pulumi.runtime;
	const seen = await pulumi.runtime.serializeProperties("plan", { id: video.id, ...outputs });
	return (
		seen["id"] === unknownValue && PLAN_OUTPUTS.some((name) => (seen[name] ?? unknownValue) !== unknownValue)
	);
}
