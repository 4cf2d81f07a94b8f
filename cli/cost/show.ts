import { styleText } from "node:util";
import type { Balance } from "../../heygen/balance.ts";
import { redact } from "../../heygen/redact.ts";
import type { Bill } from "../../plan/bill.ts";
import { CHANGE_WORDS, CHANGES, type Change, type PlannedVideo } from "../../plan/videos.ts";
import { reasonText } from "./values.ts";

/** All that is told. */
export interface Answer {
	project: string;
	stack: string;
	videos: readonly PlannedVideo[];
	bill: Bill;
	/** Undefined without a key, and where HeyGen does not tell. */
	account: { username: string; balance: Balance | undefined } | undefined;
	/** Sentences about what does not fit or could not be found out. */
	warnings: readonly string[];
}

const MARKS: Readonly<Record<Change, string>> = {
	new: "+",
	regenerated: "±",
	perhaps: "?",
	adopted: "=",
	changed: "~",
	deleted: "-",
	unchanged: " ",
};

/** The table for a terminal; coloured where the output is one and takes colours. */
export function asTable(answer: Answer, stream: NodeJS.WriteStream): string {
	const colour = (change: Change, text: string) => {
		const format =
			change === "deleted" ? "red" : change === "regenerated" || change === "perhaps" ? "yellow" : "green";
		return styleText(format, text, { stream });
	};
	const shown = changedOf(answer);
	const width = Math.max(0, ...shown.map(({ name }) => name.length));
	const rows = shown.map(({ name, change, reasons }) => {
		const [first = "", ...rest] = whyOf({ change, reasons });
		const line = `  ${MARKS[change]} ${shownName(name).padEnd(width)}  ${CHANGE_WORDS[change]}${first && `  ${first}`}`;
		const indent = " ".repeat(width + CHANGE_WORDS[change].length + 8);
		return [colour(change, line), ...rest.map((reason) => `${indent}${reason}`)].join("\n");
	});
	const list = rows.length === 0 ? [] : [...rows, ""];
	return `${[titleOf(answer), "", ...list, ...summary(answer), ...warningsOf(answer)].join("\n")}\n`;
}

/** A comment for a pull request. */
export function asMarkdown(answer: Answer): string {
	const rows = changedOf(answer).map(({ name, change, reasons }) => {
		const why = whyOf({ change, reasons }).map(cell).join("<br>");
		return `| ${cell(shownName(name))} | ${CHANGE_WORDS[change]} | ${why} |`;
	});
	const table = rows.length === 0 ? [] : ["| video | change | why |", "|---|---|---|", ...rows, ""];
	const text = [...summary(answer), ...warningsOf(answer)].map((line) => `${escaped(line)}\n`);
	return `${[`### ${escaped(titleOf(answer))}`, "", ...table, ...text].join("\n")}`;
}

/** For programs: amounts in US dollars, values in full, secrets left out. */
export function asJson({ project, stack, videos, bill, account, warnings }: Answer): string {
	return `${JSON.stringify({ project, stack, ...bill, videos, account, warnings }, undefined, 2)}\n`;
}

const FORCED = "no input: by --replace, a taint or replacementTrigger";
const whyOf = ({ change, reasons }: Pick<PlannedVideo, "change" | "reasons">) =>
	change === "regenerated" && reasons.length === 0 ? [FORCED] : reasons.map(reasonText);

const changedOf = ({ videos }: Answer) => videos.filter(({ change }) => change !== "unchanged");
const titleOf = ({ project, stack }: Answer) => `HeyGen videos of ${shownName(project)}/${shownName(stack)}`;
const shownName = (name: string) => redact(name).replace(/\s+/g, " ");

function summary({ bill, account }: Answer): string[] {
	const usd = (amount: number) => `USD ${amount.toFixed(2)}`;
	const { renders, mostRenders, pricePerVideoUsd, costUsd, mostCostUsd, counts } = bill;
	const more = mostRenders > renders ? ` (up to ${mostRenders}, ${usd(mostCostUsd)})` : "";
	const cost =
		mostRenders === 0
			? "Nothing is rendered, so nothing is paid."
			: renders === 0
				? `Up to ${videosText(mostRenders)} to render at ${usd(pricePerVideoUsd)}: ${usd(mostCostUsd)} at most.`
				: `${videosText(renders)} to render at ${usd(pricePerVideoUsd)}: ${usd(costUsd)}${more}.`;
	const free = CHANGES.filter(
		(change) => !["new", "regenerated", "perhaps"].includes(change) && counts[change] > 0,
	);
	const rest = free.map((change) => `${counts[change]} ${CHANGE_WORDS[change]}`).join("; ");
	return [cost, ...(rest === "" ? [] : [`${rest}.`]), ...balanceText(account)];
}

function balanceText(account: Answer["account"]): string[] {
	if (account?.balance === undefined) return [];
	const { amount, currency } = account.balance;
	const holds = currency === "usd" ? `USD ${amount.toFixed(2)}` : `${amount} credits`;
	return [`The account "${shownName(account.username)}" has ${holds}.`];
}

const warningsOf = ({ warnings, bill }: Answer) => [
	...warnings.map((warning) => `Warning: ${warning}`),
	...bill.passed.map((text) => `Over the limit: ${text}`),
];

const videosText = (count: number) => `${count} ${count === 1 ? "video" : "videos"}`;
const escaped = (text: string) => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
const cell = (text: string) => escaped(text).replace(/\n/g, " ");
