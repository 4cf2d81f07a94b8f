import * as pulumi from "@pulumi/pulumi";
import type { FunctionOptions } from "./options.ts";

/** What an account has left, in what it pays with. */
export interface AccountBalance {
	amount: number;
	/** US dollars, or HeyGen's credits: what a video costs in credits is HeyGen's matter, do not compare them with a price. */
	currency: "usd" | "credits";
}

/** Credits of one kind in a subscription. */
export interface AccountCredits {
	remaining: number;
	/** When they are filled up again, as an ISO 8601 date. */
	resetsAt: string | undefined;
}

/** Whose key it is, and how it pays. */
export interface GetAccountResult {
	username: string;
	email: string | undefined;
	/** `wallet`, `subscription` or `usage_based`; HeyGen may add words. */
	billingType: string | undefined;
	/**
	 * What is left to spend: the wallet's balance, in dollars or credits as the wallet has it; a subscription's credits of
	 * both kinds together; of a usage-based account the dollars up to its spending cap. Undefined where HeyGen does not
	 * tell, or where there is no cap.
	 */
	balance: AccountBalance | undefined;
	/** Of a subscription only. */
	subscription:
		| {
				/** `free`, `starter`, `creator`, `pro`, `team`, `enterprise`, `business_plus`; HeyGen may add words. */
				plan: string;
				premiumCredits: AccountCredits | undefined;
				addOnCredits: AccountCredits | undefined;
		  }
		| undefined;
	/** Of a usage-based account only. */
	usageBased:
		| {
				spentUsd: number | undefined;
				/** Undefined when there is no cap. */
				capUsd: number | undefined;
				includedCredits: number | undefined;
				remainingCredits: number | undefined;
		  }
		| undefined;
}

/**
 * The account of the API key. Asked once a run: renders of the same run do not show in the balance. Also runs in previews.
 *
 * @example
 * const { balance } = await heygen.getAccount();
 * if (balance?.currency === "usd" && balance.amount < 70) throw new pulumi.RunError("Less than ten videos left.");
 *
 * @throws a `pulumi.RunError` for a missing or wrong key
 */
export async function getAccount(options: FunctionOptions = {}): Promise<GetAccountResult> {
	const { answerAccount } = await import("./answers/account.ts");
	return answerAccount({}, options);
}

/** {@link getAccount} as an output. */
export function getAccountOutput(options: FunctionOptions = {}): pulumi.Output<GetAccountResult> {
	return pulumi.output(getAccount(options));
}
