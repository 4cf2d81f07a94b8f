import { isNotFound } from "../heygen/errors.ts";
import type { Context } from "./lifecycle.ts";

/** Something at HeyGen that belongs to one account. */
export interface Held {
	/** As the beginning of a sentence, with its id: `Video 5f0c…`. */
	what: string;
	/** The user name that the state holds, where it does. */
	account: unknown;
	/** Reads it; throws HeyGen's 404, or finds nothing, when this key's account does not have it. */
	look(): Promise<unknown>;
}

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
	throw new Error(
		`${what} belongs to the HeyGen account "${account}", but the API key is of "${username}", which does not ` +
			"see it. Set the right account's key (heygen:apiKey or HEYGEN_API_KEY) and run again. If the accounts share a " +
			"workspace and it was deleted at HeyGen, take its resource out of the stack: " +
			`\`pulumi state delete '${context.urn || "<urn>"}'\`.`,
	);
}

async function succeeds(look: () => Promise<unknown>): Promise<boolean> {
	try {
		return (await look()) !== undefined;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}
