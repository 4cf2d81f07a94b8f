import { refuseOtherAccount as refuse } from "../account.ts";
import type { Context } from "../lifecycle.ts";

/** Stops when the key's account does not hold a video that another one does; `account` is what the state says. */
export function refuseOtherAccount(id: string, account: unknown, context: Context): Promise<void> {
	const look = () => context.heygen().getVideo(id, { signal: context.signal });
	return refuse({ what: `Video ${id}`, account, look }, context);
}
