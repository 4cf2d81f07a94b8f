import type { CallOptions, Calls } from "./calls.ts";
import { Account } from "./schemas/account.ts";
import { dataOf } from "./schemas/envelopes.ts";

export function accountCalls(calls: Calls) {
	return {
		/** Whose key this is. */
		async getAccount(how: CallOptions = {}): Promise<Account> {
			return (await calls.read("/v3/users/me", dataOf(Account), how)).data;
		},
	};
}
