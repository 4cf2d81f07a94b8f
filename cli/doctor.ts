import type { Command } from "commander";
import { newCommand } from "./command.ts";
import type { Check } from "./doctor/check.ts";
import { endedBySignals } from "./signals.ts";

interface Flags {
	readonly stack?: string;
	readonly json?: boolean;
}

/** `pulumi-heygen doctor`: whether this machine, this project and its HeyGen account are ready, and what to mend. */
export function doctorCommand(): Command {
	return newCommand("doctor")
		.description("Tell whether this machine, project and account are ready. Nothing is changed or paid.")
		.option("--stack <name>", "the stack (default: the selected one)")
		.option("--json", "for programs")
		.addHelpText("after", HELP)
		.action(run);
}

const HELP = `
Examples:
  npx pulumi-heygen doctor
  npx pulumi-heygen doctor --stack prod
  npx pulumi-heygen doctor --json | jq '.checks[] | select(.status == "problem")'

Exit codes: 0 ready (there may be warnings), 1 something must be mended, 2 wrong use.
`;

async function run({ stack, json }: Flags): Promise<void> {
	const { asJson, asLines, isReady, summary } = await import("./doctor/show.ts");
	const checks: Check[] = [];
	for await (const check of examination(stack, endedBySignals())) {
		checks.push(check);
		if (!json) process.stdout.write(asLines(check, process.stdout));
	}
	process.stdout.write(json ? asJson(checks) : summary(checks, process.stdout));
	process.exitCode = isReady(checks) ? 0 : 1;
}

/** Node comes first: on one that is too old the other checks may not even load. */
async function* examination(stack: string | undefined, signal: AbortSignal): AsyncGenerator<Check> {
	const { runsHere, nodeCheck } = await import("./doctor/node.ts");
	yield await nodeCheck(signal);
	if (!runsHere()) {
		const { skipped } = await import("./doctor/check.ts");
		yield skipped("rest", "Everything else is looked at once Node is new enough.");
		return;
	}
	const { examine } = await import("./doctor/examine.ts");
	yield* examine({ stack, signal });
}
