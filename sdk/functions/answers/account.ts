import { z } from "zod";
import type { Account } from "../../../heygen/schemas/account.ts";
import type { AccountBalance, AccountCredits, GetAccountResult } from "../getAccount.ts";
import { createAnswer } from "./answer.ts";
import { dateOf } from "./dates.ts";

type Credits = NonNullable<NonNullable<Account["subscription"]>["credits"]>["premium_credits"];

export const answerAccount = createAnswer<object, GetAccountResult>({
	name: "getAccount",
	rules: { schema: z.strictObject({}), allowed: {} },
	list: false,
	ask: async (args, run, signal) => accountOf(await run.account(args, signal)),
});

/** An account as programs see it. */
export function accountOf({ username, email, billing_type, ...account }: Account): GetAccountResult {
	const { credits, plan } = account.subscription ?? {};
	const usage = account.usage_based;
	const subscription: GetAccountResult["subscription"] =
		plan === undefined
			? undefined
			: {
					plan,
					premiumCredits: creditsOf(credits?.premium_credits),
					addOnCredits: creditsOf(credits?.add_on_credits),
				};
	const usageBased: GetAccountResult["usageBased"] = usage
		? {
				spentUsd: usage.spending_current_usd ?? undefined,
				capUsd: usage.spending_cap_usd ?? undefined,
				includedCredits: usage.included_credits ?? undefined,
				remainingCredits: usage.remaining_credits ?? undefined,
			}
		: undefined;
	return {
		username,
		email: email ?? undefined,
		billingType: billing_type ?? undefined,
		balance: ofWallet(account.wallet) ?? ofCredits(subscription) ?? upToCap(usageBased),
		subscription,
		usageBased,
	};
}

function ofWallet(wallet: Account["wallet"]): AccountBalance | undefined {
	const amount = wallet?.remaining_balance;
	const currency = (["usd", "credits"] as const).find((word) => word === wallet?.currency.toLowerCase());
	return typeof amount === "number" && currency !== undefined ? { amount, currency } : undefined;
}

function ofCredits(subscription: GetAccountResult["subscription"]): AccountBalance | undefined {
	const kinds = [subscription?.premiumCredits, subscription?.addOnCredits].filter(
		(kind) => kind !== undefined,
	);
	if (kinds.length === 0) return undefined;
	return { amount: kinds.reduce((sum, { remaining }) => sum + remaining, 0), currency: "credits" };
}

/** To the cent: the difference of two sums of money must not end in 0.30000000000000004. */
function upToCap(usage: GetAccountResult["usageBased"]): AccountBalance | undefined {
	if (usage?.capUsd === undefined || usage.spentUsd === undefined) return undefined;
	return { amount: Math.max(0, Math.round((usage.capUsd - usage.spentUsd) * 100) / 100), currency: "usd" };
}

function creditsOf(credits: Credits): AccountCredits | undefined {
	if (typeof credits?.remaining !== "number") return undefined;
	return { remaining: credits.remaining, resetsAt: dateOf(credits.resets_at) };
}
