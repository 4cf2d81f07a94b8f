import { ApiError } from "./errors.ts";
import { DEFAULT_ACCOUNT, DEFAULT_BALANCE_USD, type EmulatorAccount } from "./options.ts";

/** An account, whichever of its keys named it. */
export interface Account {
	readonly username: string;
	/** US dollars put into the wallet so far; what renders have taken is not subtracted. */
	balanceUsd: number;
}

/** Finds the account that a request's headers name. */
export interface Accounts {
	/** The first key of the list: the one that `emulator.apiKey` tells. */
	readonly firstKey: string;
	/** The first one is that of `firstKey`. */
	readonly usernames: readonly string[];
	/** Throws the API's 401 when no account has the key. */
	authenticate(headers: Headers): Account;
	/** Throws a `TypeError` when there is none. */
	named(username: string): Account;
	/** Makes a key an account's, whosever it was. Throws a `TypeError` for an empty key or an unknown account. */
	giveKey(apiKey: string, username: string): void;
	/** From here on no account has the key. Throws a `TypeError` when none had it. */
	revokeKey(apiKey: string): void;
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
	const named = (username: string) => {
		const account = byName.get(username);
		if (!account) throw new TypeError(`The emulator has no account ${username}.`);
		return account;
	};
	return {
		firstKey: first.apiKey,
		usernames: [...byName.keys()],
		authenticate(headers) {
			const account = byKey.get(keyOf(headers));
			if (!account)
				throw new ApiError(401, "unauthorized", "The API key or access token is missing or not valid");
			return account;
		},
		named,
		giveKey(apiKey, username) {
			if (!apiKey) throw new TypeError("A key must not be empty.");
			byKey.set(apiKey, named(username));
		},
		revokeKey(apiKey) {
			if (!byKey.delete(apiKey)) throw new TypeError("No account of the emulator has this key.");
		},
	};
}

function keyOf(headers: Headers): string {
	const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "");
	return headers.get("x-api-key") ?? bearer?.[1] ?? "";
}
