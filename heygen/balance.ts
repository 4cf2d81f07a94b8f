import type { Account } from "./schemas/account.ts";

/** What an account can still spend. */
export interface Balance {
	amount: number;
	/** `usd` for US dollars, `credits` for HeyGen's own count. */
	currency: "usd" | "credits";
}

type Credits = NonNullable<NonNullable<Account["subscription"]>["credits"]>["premium_credits"];

/** The wallet, else the credits of the plan, else what is left to the cap; undefined where HeyGen tells none of them. */
export function balanceOf({ wallet, subscription, usage_based }: Account): Balance | undefined {
	return ofWallet(wallet) ?? ofCredits(subscription?.credits) ?? upToCap(usage_based);
}

function ofWallet(wallet: Account["wallet"]): Balance | undefined {
	const amount = wallet?.remaining_balance;
	const currency = (["usd", "credits"] as const).find((word) => word === wallet?.currency.toLowerCase());
	return typeof amount === "number" && currency !== undefined ? { amount, currency } : undefined;
}

function ofCredits(credits: NonNullable<Account["subscription"]>["credits"]): Balance | undefined {
	const remaining = [credits?.premium_credits, credits?.add_on_credits].map(remainingOf);
	const amounts = remaining.filter((amount) => amount !== undefined);
	if (amounts.length === 0) return undefined;
	return { amount: amounts.reduce((sum, amount) => sum + amount, 0), currency: "credits" };
}

const remainingOf = (credits: Credits) =>
	typeof credits?.remaining === "number" ? credits.remaining : undefined;

/** To the cent: the difference of two sums of money must not end in 0.30000000000000004. */
function upToCap(usage: Account["usage_based"]): Balance | undefined {
	const [cap, spent] = [usage?.spending_cap_usd, usage?.spending_current_usd];
	if (typeof cap !== "number" || typeof spent !== "number") return undefined;
	return { amount: Math.max(0, Math.round((cap - spent) * 100) / 100), currency: "usd" };
}
