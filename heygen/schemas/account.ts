import { z } from "zod";

const number = z.number().nullish();

/** `GET /v3/users/me`: whose key this is. Exactly the block that `billing_type` names is filled. */
export const Account = z.looseObject({
	username: z.string().min(1),
	email: z.string().nullish(),
	billing_type: z.string().nullish(),
	wallet: z.looseObject({ currency: z.string(), remaining_balance: number }).nullish(),
	subscription: z.looseObject({ plan: z.string() }).nullish(),
	usage_based: z.looseObject({ spending_current_usd: number, spending_cap_usd: number }).nullish(),
});
export type Account = z.infer<typeof Account>;
