import { type CallOptions, type Calls, READ_LIMIT_MS } from "./calls.ts";
import { Account } from "./schemas/account.ts";
import { dataOf } from "./schemas/envelopes.ts";

export interface DatedAccount {
	account: Account;
	/** The server's clock when it answered, in unix milliseconds. */
	serverTime: number | undefined;
}

export function accountCalls(calls: Calls) {
	const getDatedAccount = async (how: CallOptions = {}): Promise<DatedAccount> => {
		const call = {
			method: "GET",
			path: "/v3/users/me",
			answer: dataOf(Account),
			timeLimitMs: READ_LIMIT_MS,
		} as const;
		const { body, serverTime } = await calls.send(call, true, how);
		return { account: body.data, serverTime };
	};
	return {
		/** Whose key this is, and when HeyGen said so. */
		getDatedAccount,

		/** Whose key this is. */
		async getAccount(how: CallOptions = {}): Promise<Account> {
			return (await getDatedAccount(how)).account;
		},
	};
}
