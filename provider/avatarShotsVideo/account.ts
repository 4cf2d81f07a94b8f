import { refuseOtherAccount as refuse } from "../account.ts";
import type { Context } from "../lifecycle.ts";

/** How many videos of other accounts are looked at before a render is refused. */
const MOST_LOOKS = 5;

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
			refusals.push({ account, error });
		}
	}
	const refusal = refusals.find(({ account }) => !reached.has(String(account)));
	if (refusal !== undefined) throw refusal.error;
}

/** Stops when the key's account does not hold a video that another one does; `account` is what the state says. */
export function refuseOtherAccount(id: string, account: unknown, context: Context): Promise<void> {
	const look = () => context.heygen().getVideo(id, { signal: context.signal });
	return refuse({ what: `Video ${id}`, account, look }, context);
}
