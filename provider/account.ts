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
 * them sees it.
 */
export async function refuseOtherAccount({ what, account, look }: Held, context: Context): Promise<void> {
	if (typeof account !== "string" || account === "") return;
	const { username } = await context.renders.account();
	if (username === account || (await succeeds(look))) return;
	throw new Error(
		`${what} belongs to the HeyGen account "${account}", but the API key is of "${username}", which does not ` +
			"see it. Nothing was changed. Set the right account's key (heygen:apiKey or HEYGEN_API_KEY) and run again.",
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
