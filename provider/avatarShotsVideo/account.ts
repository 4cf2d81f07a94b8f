import { isNoAccess } from "../../heygen/refusals.ts";
import { AccountChanged, OtherAccount, refuseOtherAccount as refuse, sameAccount } from "../account.ts";
import type { Context } from "../lifecycle.ts";
import { VideoGone } from "../rendering/wait.ts";
import { failureOf } from "../shared.ts";
import { NOT_SUBMITTED } from "./failures.ts";

/** How many videos of other accounts are looked at before a render is refused. */
const MOST_LOOKS = 5;
/** How long the engine is given to show a video of the stack before the first render of a run, in milliseconds. */
export const SHOW_MS = 500;

/**
 * Stops before something is paid for when what the stack is known to hold is another account's. The engine does not tell
 * of the old one in every replacement, so any of the stack's videos tells.
 */
export async function refuseOtherAccounts(context: Context): Promise<void> {
	const { reached, resources } = context.renders;
	const refusals: { account: unknown; error: unknown }[] = [];
	for (const { id, account } of resources.seenLike(context.urn)) {
		if (refusals.length === MOST_LOOKS) break;
		try {
			await refuseOtherAccount(id, account, context);
		} catch (error) {
			if (!(error instanceof OtherAccount)) throw error;
			refusals.push({ account, error });
		}
	}
	const refusal = refusals.find(({ account }) => !reached.has(String(account)));
	if (refusal !== undefined) throw refusal.error;
}

/**
 * Lets the engine show one of the stack's videos before the first render of a run: in a program that names the new ones
 * first, their creates begin before it. Those that come later wait for nothing.
 */
export async function untilOthersShow({ urn, renders, signal }: Context): Promise<void> {
	const { resources, quiet } = renders;
	if (renders.othersShown || resources.seenLike(urn).length > 0) return;
	await quiet.lasts(SHOW_MS, signal);
	renders.othersShown = true;
}

/** Stops when the key's account does not hold a video that another one does; `account` is what the state says. */
export function refuseOtherAccount(id: string, account: unknown, context: Context): Promise<void> {
	const look = () => context.heygen().getVideo(id, { signal: context.signal });
	return refuse({ what: `Video ${id}`, account, look }, context);
}

/**
 * Stops right before something is paid for, when HeyGen has refused the account in this run, or when the key has become
 * another's. Where HeyGen cannot tell whose it is, nothing speaks against what the run began with.
 */
export async function refuseToPay(context: Context): Promise<void> {
	const { renders, signal } = context;
	const stopped = renders.stop.reason();
	if (stopped !== undefined) throw failureOf(NOT_SUBMITTED, stopped);
	try {
		await sameAccount(context, { signal, retryForMs: 0 });
	} catch (error) {
		if (isNoAccess(error) || error instanceof AccountChanged) throw failureOf(NOT_SUBMITTED, error);
		signal.throwIfAborted();
	}
}

/**
 * What a wallet that HeyGen finds empty holds, for the message of its 402: more than a render costs where HeyGen repeats
 * an answer of before it was filled. Empty where it does not say.
 */
export async function walletText({ renders, settings, signal }: Context): Promise<string> {
	const { wallet, username } = await renders.accountNow({ signal, retryForMs: 0 }).then(
		({ now }) => now,
		() => ({ wallet: undefined, username: "" }),
	);
	const usd = wallet?.currency === "usd" ? wallet.remaining_balance : undefined;
	if (typeof usd !== "number") return "";
	const again =
		usd < settings.pricePerVideoUsd
			? ""
			: " Should that be enough, HeyGen may be repeating an answer of the last 24 hours: set `revision` to a new value to " +
				"ask anew.";
	return ` The wallet of "${username}" holds USD ${usd.toFixed(2)}.${again}`;
}

/** Whether what this key does not see is gone; false also where HeyGen cannot tell whose the key is. */
export function isSameAccount(context: Context): Promise<boolean> {
	return sameAccount(context).then(
		() => true,
		() => false,
	);
}

/** Why a wait ended: a video that is gone for a key which has become another account's may be there all the same. */
export async function whyEnded(error: unknown, context: Context): Promise<unknown> {
	if (!(error instanceof VideoGone)) return error;
	return sameAccount(context).then(
		() => error,
		(other: unknown) => other,
	);
}
