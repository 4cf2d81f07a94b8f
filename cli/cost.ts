import { type Command, Option } from "commander";
import type { Limits } from "../plan/bill.ts";
import { newCommand } from "./command.ts";
import { amount, wholeNumber } from "./numbers.ts";

/** What the command ends with when a limit does not hold. */
const OVER_LIMIT = 3;

interface Flags extends Limits {
	readonly stack?: string;
	readonly preview?: string;
	readonly json?: boolean;
	readonly markdown?: boolean;
}

/** `pulumi-heygen cost`: what the next `pulumi up` would render, why, and what that costs. */
export function costCommand(): Command {
	return newCommand("cost")
		.description("Tell what the next `pulumi up` would render, why, and what it costs. Nothing is paid.")
		.option("--stack <name>", "the stack (default: the selected one)")
		.option(
			"--preview <file>",
			"read the output of `pulumi preview --json --show-sames`; - is the standard input",
		)
		.addOption(new Option("--json", "for programs").conflicts("markdown"))
		.addOption(new Option("--markdown", "for a comment on a pull request"))
		.option("--max-usd <usd>", "the most that it may cost", amount)
		.option("--max-videos <number>", "the most videos that may be rendered", wholeNumber)
		.addHelpText("after", HELP)
		.action(run);
}

const HELP = `
Examples:
  npx pulumi-heygen cost
  npx pulumi-heygen cost --stack prod --max-usd 100
  pulumi preview --json --show-sames | npx pulumi-heygen cost --preview - --markdown

Exit codes: 0 all is well, 1 the preview or this command failed, 2 wrong use, 3 over --max-usd or --max-videos.
`;

async function run({ stack, preview: file, json, markdown, maxUsd, maxVideos }: Flags): Promise<void> {
	const { costOf } = await import("./cost/cost.ts");
	const { asJson, asMarkdown, asTable } = await import("./cost/show.ts");
	const answer = await costOf({ stack, file, limits: { maxUsd, maxVideos } });
	process.stdout.write(
		json ? asJson(answer) : markdown ? asMarkdown(answer) : asTable(answer, process.stdout),
	);
	if (answer.bill.passed.length > 0) process.exitCode = OVER_LIMIT;
}
