import { type Balance, balanceOf } from "../../heygen/balance.ts";
import type { CallOptions } from "../../heygen/calls.ts";
import { createClient, type HeyGenClient } from "../../heygen/client.ts";
import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal } from "../../heygen/errors.ts";
import type { Account } from "../../heygen/schemas/account.ts";
import type { Settings } from "../../provider/settings.ts";
import { type Check, ok, problem, skipped, warning } from "./check.ts";
import { clockCheck } from "./clock.ts";

/** How long HeyGen may take for the first answer, in milliseconds. */
const FIRST_WITHIN_MS = 10_000;

export interface Reached {
	readonly checks: readonly Check[];
	/** Undefined where HeyGen does not tell whose key it is. */
	readonly account?: Account;
	readonly heygen: HeyGenClient;
}

/** Whether HeyGen answers, takes the key, and what the account can pay for. Without a key, whether it answers. */
export async function reachHeyGen(
	settings: Settings,
	hasKey: boolean,
	signal: AbortSignal,
): Promise<Reached> {
	const { baseUrl, apiKey = "" } = settings;
	const heygen = createClient({ baseUrl, apiKey: hasKey ? apiKey : "" });
	const how: CallOptions = {
		signal: AbortSignal.any([signal, AbortSignal.timeout(FIRST_WITHIN_MS)]),
		retryForMs: 0,
	};
	const startMs = Date.now();
	try {
		const { account, serverTime } = await heygen.getDatedAccount(how);
		const reached = ok("heygen", `HeyGen takes the key: it is of the account "${account.username}".`);
		const checks = [
			reached,
			balanceCheck(account, settings.pricePerVideoUsd),
			clockCheck(serverTime, startMs, Date.now()),
		];
		return { checks, account, heygen };
	} catch (error) {
		signal.throwIfAborted();
		const first = hasKey ? refused(error, baseUrl) : withoutKey(error, baseUrl);
		const why = hasKey ? "HeyGen did not tell" : "there is no key";
		return {
			checks: [first, skipped("balance", `The balance: ${why}.`), skipped("clock", `The clock: ${why}.`)],
			heygen,
		};
	}
}

/** HeyGen's own refusal of a call without a key is what shows that it is there. */
function withoutKey(error: unknown, baseUrl: string): Check {
	const isHeyGen = error instanceof HeyGenRefusal && error.code !== undefined && error.status < 429;
	return isHeyGen
		? ok("heygen", "HeyGen answers; whether it takes the key is not known without one.")
		: refused(error, baseUrl);
}

function refused(error: unknown, baseUrl: string): Check {
	if (!(error instanceof HeyGenError)) {
		return problem(
			"heygen",
			`HeyGen does not answer within ${FIRST_WITHIN_MS / 1000} s at ${baseUrl}.`,
			wayTo(),
		);
	}
	const { reason, status, code, hint } = error;
	const said = `${[status, code].filter((part) => part !== undefined).join(" ")}: ${sentence(reason)}`;
	if (error instanceof HeyGenAnswerInvalid) {
		return problem("heygen", `What answers at ${baseUrl} is not HeyGen's API: ${sentence(reason)}`, wayTo());
	}
	if (status === undefined)
		return problem("heygen", `HeyGen cannot be reached: ${sentence(reason)}`, wayTo());
	if (status === 429) {
		const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1000);
		const mend = code === "quota_exceeded" ? hint : undefined;
		return warning(
			"heygen",
			`HeyGen takes no more requests just now (${said})`,
			mend ?? `Run this again in ${seconds} s.`,
		);
	}
	if (code === undefined) {
		return problem("heygen", `A proxy or gateway answers in HeyGen's place (${said})`, wayTo());
	}
	if (status >= 500) return problem("heygen", `HeyGen has trouble (${said})`, "Run this again later.");
	const what = status === 401 ? "HeyGen does not take the key" : "HeyGen refuses the account of the key";
	return problem("heygen", `${what} (${said})`, hint ?? "See the account at app.heygen.com.");
}

const sentence = (reason: string) => (/[.!?…]$/.test(reason) ? reason : `${reason}.`);

function wayTo(): string {
	const proxy = ["HTTPS_PROXY", "https_proxy"].find((name) => process.env[name]);
	const unused = proxy === undefined ? "" : ` ${proxy} is set, and is not used on the way to HeyGen.`;
	return `Check the connection, and heygen:baseUrl or HEYGEN_BASE_URL.${unused}`;
}

function balanceCheck(account: Account, priceUsd: number): Check {
	const balance = balanceOf(account);
	if (balance === undefined)
		return skipped("balance", "The balance: HeyGen does not tell that of this account.");
	if (balance.currency === "usd" && balance.amount < priceUsd) {
		const text = `${amountOf(balance)} on the account does not pay for one render at ${usd(priceUsd)}.`;
		const mend =
			"Top up the API wallet at app.heygen.com, or set heygen:pricePerVideoUsd where a render costs you less.";
		return warning("balance", text, mend);
	}
	return ok("balance", `The account has ${amountOf(balance)}; a render counts as ${usd(priceUsd)}.`);
}

const amountOf = ({ amount, currency }: Balance) => (currency === "usd" ? usd(amount) : `${amount} credits`);
const usd = (amount: number) => `USD ${amount.toFixed(2)}`;
