import { ApiError } from "./errors.ts";
import { DEFAULT_ACCOUNT, DEFAULT_BALANCE_USD, type EmulatorAccount } from "./options.ts";

/** An account with its starting balance settled. */
export interface Account {
	readonly username: string;
	readonly balanceUsd: number;
}

/** Finds the account that a request's headers name. */
export interface Accounts {
	/** The first key of the list: the one that `emulator.apiKey` tells. */
	readonly firstKey: string;
	/** The first one is that of `firstKey`. */
	readonly usernames: readonly string[];
	/** Throws the API's 401 when no account has the key. */
	authenticate(headers: Headers): Account;
}

/** Throws a `TypeError` for an empty list, an empty key or username, and a key that two accounts share. */
export function accountsFrom(list: readonly EmulatorAccount[] = [DEFAULT_ACCOUNT]): Accounts {
	const byKey = new Map<string, Account>();
	const byName = new Map<string, Account>();
	for (const { apiKey, username, balanceUsd = DEFAULT_BALANCE_USD } of list) {
		if (!apiKey || !username) throw new TypeError("An emulator account needs an apiKey and a username.");
		if (byKey.has(apiKey))
			throw new TypeError("Two emulator accounts have the same apiKey; give each its own.");
		const account = byName.get(username) ?? { username, balanceUsd };
		byName.set(username, account);
		byKey.set(apiKey, account);
	}
	const [first] = list;
	if (!first)
		throw new TypeError("The emulator needs at least one account; leave `accounts` out for the default.");
	return {
		firstKey: first.apiKey,
		usernames: [...byName.keys()],
		authenticate(headers) {
			const account = byKey.get(keyOf(headers));
			if (!account)
				throw new ApiError(401, "unauthorized", "The API key or access token is missing or not valid");
			return account;
		},
	};
}

function keyOf(headers: Headers): string {
	const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "");
	return headers.get("x-api-key") ?? bearer?.[1] ?? "";
}
