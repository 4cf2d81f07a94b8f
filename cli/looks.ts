import { type Command, Option } from "commander";
import { newCommand } from "./command.ts";
import { atLeastOne } from "./numbers.ts";
import { endedBySignals } from "./signals.ts";

const MOST_SHOWN = 50;

interface Flags {
	readonly ownership: "private" | "public";
	readonly limit: number;
	readonly stack?: string;
	readonly json?: boolean;
}

/** `pulumi-heygen looks`: the looks that a video's `avatarIds` and `looks` can name. */
export function looksCommand(): Command {
	return newCommand("looks")
		.description("List avatar looks with their ids, for `avatarIds` of a video. Nothing is paid.")
		.argument("[part]", "only those with this in their name, in capitals or not")
		.addOption(
			new Option("--ownership <whose>", "the looks of your account, or HeyGen's own")
				.choices(["private", "public"])
				.default("private"),
		)
		.option("--limit <number>", "how many to show at most", atLeastOne, MOST_SHOWN)
		.option("--stack <name>", "the stack whose settings count (default: the selected one)")
		.option("--json", "for programs")
		.addHelpText("after", HELP)
		.action(run);
}

const HELP = `
The key is that of the stack's config, else HEYGEN_API_KEY; it works in any folder with that.

Examples:
  npx pulumi-heygen looks
  npx pulumi-heygen looks presenter
  npx pulumi-heygen looks kitchen --ownership public --limit 10
  npx pulumi-heygen looks --json | jq -r '.looks[] | select(.usable) | .id'

Exit codes: 0 they are listed, if there are any, 1 they cannot be listed, 2 wrong use.
`;

async function run(part: string | undefined, { ownership, limit, stack, json }: Flags): Promise<void> {
	const { findLooks } = await import("./looks/find.ts");
	const { asJson, asTable } = await import("./looks/show.ts");
	const found = await findLooks({ part, ownership, limit, stack, signal: endedBySignals() });
	for (const warning of found.warnings) process.stderr.write(`Warning: ${warning}\n`);
	process.stdout.write(json ? asJson(found) : asTable(found));
}
