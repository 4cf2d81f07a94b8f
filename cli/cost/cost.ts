import { balanceOf } from "../../heygen/balance.ts";
import { createClient } from "../../heygen/client.ts";
import { type Bill, billFor, type Limits } from "../../plan/bill.ts";
import { failureIn, HOW, type Preview, readPreview } from "../../plan/preview.ts";
import { plannedVideos } from "../../plan/videos.ts";
import { fileText, sourceName } from "../fileText.ts";
import { pulumi, stackFlag } from "../pulumiCli.ts";
import { type StackSettings, stackSettings } from "../stackSettings.ts";
import type { Answer } from "./show.ts";

/** How long HeyGen may take to tell the balance, in milliseconds. */
const BALANCE_WITHIN_MS = 10_000;
const API_KEY = "heygen:apiKey";
const PRICE = "heygen:pricePerVideoUsd";
/** How a preview writes a secret of the config. */
const HIDDEN = "[secret]";
const WITHOUT_CLI = "give a preview made elsewhere: --preview <file>";

export interface CostOptions {
	stack: string | undefined;
	/** A preview made before; undefined for a fresh one. */
	file: string | undefined;
	limits: Limits;
}

/** What the next update of a stack would cost. */
export async function costOf({ stack, file, limits }: CostOptions): Promise<Answer> {
	const text = file === undefined ? await freshPreview(stack) : await fileText(file);
	const from = file === undefined ? "The output of `pulumi`" : sourceName(file);
	const preview = readPreview(text, from, { stack });
	const { project, stack: name } = preview;
	if (project === undefined || name === undefined) {
		throw new Error(`${from} is of no stack: it holds no resources. ${HOW}`);
	}

	const found = await settingsOf(preview, file === undefined ? stack : undefined, file === undefined);
	const { settings } = found;
	const videos = plannedVideos(preview);
	const bill = billFor(videos, settings.pricePerVideoUsd, limits);
	const told = await accountOf(found);
	const warnings = [
		...(preview.holdsSames
			? []
			: ["unchanged videos are not in this preview; add --show-sames to see them."]),
		...(typeof told === "string" ? [told] : []),
	];
	const account = typeof told === "string" ? undefined : told;
	return { project, stack: name, videos, bill, account, warnings: [...warnings, ...shortOf(bill, account)] };
}

/** The output of `pulumi preview`. Throws an `Error` with its reason where it failed, which the output does not always tell. */
async function freshPreview(stack: string | undefined): Promise<string> {
	const args = ["preview", "--json", "--show-sames", ...stackFlag(stack)];
	const { failed, stdout, reason } = await pulumi(args, WITHOUT_CLI);
	if (failed) throw new Error(failureIn(stdout) ?? `${reason.trim()}\n\`pulumi preview\` shows it in full.`);
	return stdout;
}

/** The stack's settings as its preview shows them; what that one hides is asked of `pulumi` where that is `there`. */
async function settingsOf(
	{ config }: Preview,
	stack: string | undefined,
	there: boolean,
): Promise<StackSettings> {
	const shown = Object.entries(config).map(([key, value]) => {
		const hidden = key === API_KEY || value === HIDDEN;
		return [key, hidden ? undefined : value] as const;
	});
	const readable = Object.fromEntries(there ? shown : shown.filter(([, value]) => value !== undefined));
	const found = await stackSettings(readable, { stack, otherwise: WITHOUT_CLI });
	const unread = found.unread.get(PRICE);
	if (unread !== undefined) throw new Error(`${PRICE} cannot be read: ${unread}`);
	const wrong = found.settings.problems.find(({ property }) => property === PRICE);
	if (wrong !== undefined) throw new Error(`${wrong.property}: ${wrong.reason}`);
	return found;
}

/** The account of the key, or why it is not known; undefined without a key. */
async function accountOf({ settings, unread }: StackSettings): Promise<Answer["account"] | string> {
	const locked = unread.get(API_KEY);
	if (locked !== undefined) return `the balance is not known: ${API_KEY} cannot be read: ${locked}`;
	const { apiKey, baseUrl, problems } = settings;
	if (apiKey === undefined) return undefined;
	const wrong = problems.find(({ property }) => [API_KEY, "heygen:baseUrl"].includes(property));
	if (wrong !== undefined) return `the balance is not known: ${wrong.property}: ${wrong.reason}`;
	try {
		const signal = AbortSignal.timeout(BALANCE_WITHIN_MS);
		const account = await createClient({ apiKey, baseUrl }).getAccount({ signal, retryForMs: 0 });
		return { username: account.username, balance: balanceOf(account) };
	} catch (error) {
		return `the balance is not known: ${error instanceof Error ? error.message : String(error)}`;
	}
}

function shortOf({ mostCostUsd }: Bill, account: Answer["account"]): string[] {
	const { balance } = account ?? {};
	if (balance?.currency !== "usd" || balance.amount >= mostCostUsd) return [];
	return [
		`the balance is USD ${(mostCostUsd - balance.amount).toFixed(2)} short of USD ${mostCostUsd.toFixed(2)}.`,
	];
}
