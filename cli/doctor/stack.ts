import { type Stack, stackFrom } from "../../gallery/stack.ts";
import { nameOf } from "../../plan/resource.ts";
import { listed } from "../../provider/capSettings.ts";
import { type HowToRun, pulumi, stackFlag } from "../pulumiCli.ts";
import { ODD_ANSWER, readConfig, type ShownConfig } from "../stackSettings.ts";
import { type Check, ok, problem, skipped, warning } from "./check.ts";

export interface FoundStack {
	readonly checks: readonly Check[];
	/** Undefined where it cannot be read. */
	readonly state?: Stack;
	readonly config?: ShownConfig;
}

/** The stack's state and config as Pulumi tells them. A state does not tell whether the stack is locked. */
export async function readStack(stack: string | undefined, how: HowToRun): Promise<FoundStack> {
	const exported = await pulumi(["stack", "export", ...stackFlag(stack)], "", how);
	if (exported.failed) return { checks: unreadable(exported.reason) };
	const { config, reason } = await readConfig({ stack, otherwise: "", ...how });
	if (config === undefined) return { checks: unreadable(reason) };
	try {
		const state = stackFrom(exported.stdout, "The answer");
		return { checks: [stackCheck(state, stack), ...pendingChecks(state)], state, config };
	} catch {
		return { checks: unreadable(ODD_ANSWER) };
	}
}

function unreadable(reason: string): Check[] {
	const mend = /PULUMI_ACCESS_TOKEN|login/.test(reason)
		? "Run `pulumi login` (`pulumi login --local` keeps state on this machine), or set PULUMI_ACCESS_TOKEN."
		: /no stack (selected|named)/.test(reason)
			? "Choose one with `pulumi stack select` or --stack, or make one: `pulumi stack init dev`. `pulumi stack ls` lists them."
			: "Run `pulumi stack` to see it in full.";
	const fault = problem("stack", `The stack cannot be read: ${reason}`, mend);
	return [fault, skipped("pending", "Interrupted runs: the state is not known.")];
}

function stackCheck({ name, videos, resources }: Stack, stack: string | undefined): Check {
	const which = name || stack;
	const label = which === undefined ? "The selected stack" : `The stack ${which}`;
	if (resources.length === 0) return ok("stack", `${label} is there, and empty.`);
	return ok("stack", `${label} holds ${videos.length} ${videos.length === 1 ? "video" : "videos"}.`);
}

function pendingChecks({ operations }: Stack): Check[] {
	if (operations.length === 0) return [ok("pending", "No run was interrupted, as far as the state tells.")];
	const names = operations.map(({ type, resource }) => `${type} ${nameOf(resource.urn)}`);
	const text = `A run was interrupted (${listed(names)}), or is at work now.`;
	const mend =
		"Where none is at work, run `pulumi up`: it takes over what was paid for. When it has ended well, clear the notes: " +
		"`pulumi refresh --clear-pending-creates`. Not before: nothing would look for a render that was paid.";
	return [warning("pending", text, mend)];
}
