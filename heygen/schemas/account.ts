import { z } from "zod";

// Only the user name is needed: nothing else may keep a video from being made.
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

const Credits = z.looseObject({
	remaining: number,
	/** A date as text or in unix seconds: which of both is not documented. */
	resets_at: z.union([z.string(), z.number()]).nullish().catch(undefined),
});

/** `GET /v3/users/me`: whose key this is. Exactly the block that `billing_type` names is filled. */
export const Account = z.looseObject({
	username: z.string().min(1),
	email: text,
	billing_type: text,
	wallet: z.looseObject({ currency: z.string(), remaining_balance: number }).nullish().catch(undefined),
	subscription: z
		.looseObject({
			plan: z.string(),
			credits: z
				.looseObject({ premium_credits: Credits.nullish(), add_on_credits: Credits.nullish() })
				.nullish()
				.catch(undefined),
		})
		.nullish()
		.catch(undefined),
	usage_based: z
		.looseObject({
			spending_current_usd: number,
			spending_cap_usd: number,
			included_credits: number,
			remaining_credits: number,
		})
		.nullish()
		.catch(undefined),
});
export type Account = z.infer<typeof Account>;
