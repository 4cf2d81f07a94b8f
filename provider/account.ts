import type { CallOptions } from "../heygen/calls.ts";
import { isNotFound } from "../heygen/errors.ts";
import { type Context, Shared } from "./lifecycle.ts";

/** Something at HeyGen that belongs to one account. */
export interface Held {
	/** As the beginning of a sentence, with its id: `Video 5f0c…`. */
	what: string;
	/** The user name that the state holds, where it does. */
	account: unknown;
	/** Reads it; throws HeyGen's 404, or finds nothing, when this key's account does not have it. */
	look(): Promise<unknown>;
}

/** A thing of the stack is another account's than that of the key. */
export class OtherAccount extends Shared {}
/** The key has become another account's since the run began. */
export class AccountChanged extends Shared {}

/**
 * Stops when the key is of another account than the one that holds something: to that account everything of the stack
 * looks deleted, and a change would be made in the wrong place. Colleagues who share a workspace pass: the key of each of
 * them sees it, or has seen another thing of the same account in this run.
 */
export async function refuseOtherAccount({ what, account, look }: Held, context: Context): Promise<void> {
	if (typeof account !== "string" || account === "") return;
	const { account: whose, reached } = context.renders;
	const { username } = await whose();
	if (username === account || reached.has(account)) return;
	if (await succeeds(look)) {
		reached.add(account);
		return;
	}
	throw new OtherAccount(
		`${what} belongs to the HeyGen account "${account}", but the API key is of "${username}", which does not ` +
			"see it. Set the right account's key (heygen:apiKey or HEYGEN_API_KEY) and run again. If the accounts share a " +
			"workspace and it was deleted at HeyGen, take its resource out of the stack: " +
			`\`pulumi state delete '${context.urn || "<urn>"}'\`.`,
		{
			kind: `key of ${username}, not of ${account}`,
			brief: `${what} stays as it is: it belongs to "${account}", and the API key is of "${username}"`,
		},
	);
}

/**
 * The user name of the key's account as it is now. Stops when it was another one earlier in this run: what the key does
 * not see any more may be there all the same, and what is made or paid now would be in the wrong place.
 */
export async function sameAccount({ renders }: Context, how: CallOptions = {}): Promise<string> {
	const { now, first } = await renders.accountNow(how);
	if (now.username === first.username) return now.username;
	const text = `the API key was of the HeyGen account "${first.username}" when this run began and is of "${now.username}" now`;
	const shared = { kind: text, brief: `the API key is of "${now.username}" now` };
	throw new AccountChanged(`${text}. Set the right account's key (heygen:apiKey or HEYGEN_API_KEY).`, shared);
}

/** Stops a 404 from counting as "deleted" where it may be that the key's account does not hold the thing. */
export async function refuseElsewhere(held: Held, context: Context): Promise<void> {
	await sameAccount(context);
	await refuseOtherAccount(held, context);
}

async function succeeds(look: () => Promise<unknown>): Promise<boolean> {
	try {
		return (await look()) !== undefined;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}
