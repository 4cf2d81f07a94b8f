import type { Stack } from "../../gallery/stack.ts";
import { onPath } from "../programs.ts";
import type { HowToRun } from "../pulumiCli.ts";
import { type StackSettings, stackSettings } from "../stackSettings.ts";
import { accountCheck } from "./account.ts";
import { type Check, skipped, skippedAll } from "./check.ts";
import { engineChecks } from "./engine.ts";
import { reachHeyGen } from "./heygen.ts";
import { lookChecks } from "./looks.ts";
import { projectChecks } from "./project.ts";
import { isUsable, settingsChecks } from "./settings.ts";
import { type FoundStack, readStack } from "./stack.ts";

/** How long one run of the Pulumi CLI may take, and all that HeyGen is asked of the stack, in milliseconds. */
const PULUMI_WITHIN_MS = 60_000;
const STACK_WITHIN_MS = 30_000;

export interface Examination {
	readonly stack: string | undefined;
	readonly signal: AbortSignal;
}

/** All checks but that of Node, each as soon as it is known. Nothing is changed, and every wait is bounded. */
export async function* examine({ stack, signal }: Examination): AsyncGenerator<Check> {
	const how = { signal, withinMs: PULUMI_WITHIN_MS };
	yield* await engineChecks(how);
	const project = projectChecks();
	yield* project.checks;

	const found = await stackOf(project.isThere, stack, how);
	yield* found.checks;
	const settings = await stackSettings(found.config ?? {}, { stack, otherwise: "", ...how });
	yield* settingsChecks(settings, found.config, found.state?.secretsProvider);
	yield* heygenChecks(settings, found.state, signal);
}

async function stackOf(isThere: boolean, stack: string | undefined, how: HowToRun): Promise<FoundStack> {
	const lacks = onPath("pulumi", process.env) === undefined ? "`pulumi`" : "project";
	if (lacks === "project" && (isThere || stack !== undefined)) return readStack(stack, how);
	return { checks: skippedAll({ stack: "The stack", pending: "Interrupted runs" }, `there is no ${lacks}`) };
}

const OF_STACK = { account: "The stack's account", looks: "The looks in use" };

async function* heygenChecks(
	found: StackSettings,
	state: Stack | undefined,
	signal: AbortSignal,
): AsyncGenerator<Check> {
	if (!isUsable(found, "heygen:baseUrl")) {
		const all = { heygen: "HeyGen", balance: "The balance", clock: "The clock", ...OF_STACK };
		yield* skippedAll(all, "the base URL is not known");
		return;
	}
	const { checks, account, heygen } = await reachHeyGen(
		found.settings,
		isUsable(found, "heygen:apiKey"),
		signal,
	);
	yield* checks;
	if (account === undefined || state === undefined) {
		yield* skippedAll(
			OF_STACK,
			account === undefined ? "whose key it is, is not known" : "the state is not known",
		);
		return;
	}
	const how = { signal: AbortSignal.any([signal, AbortSignal.timeout(STACK_WITHIN_MS)]), retryForMs: 0 };
	const same = await accountCheck(state, account.username, heygen, how);
	yield same;
	if (same.status === "problem") yield skipped("looks", "The looks in use: the key is of another account.");
	else yield* await lookChecks(state, heygen, how);
}
