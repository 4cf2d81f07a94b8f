import { z } from "zod";
import { balanceOf } from "../../../heygen/balance.ts";
import type { Account } from "../../../heygen/schemas/account.ts";
import type { AccountCredits, GetAccountResult } from "../getAccount.ts";
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
export function accountOf(account: Account): GetAccountResult {
	const { username, email, billing_type } = account;
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
		balance: balanceOf(account),
		subscription,
		usageBased,
	};
}

function creditsOf(credits: Credits): AccountCredits | undefined {
	if (typeof credits?.remaining !== "number") return undefined;
	return { remaining: credits.remaining, resetsAt: dateOf(credits.resets_at) };
}
