import type { Hono } from "hono";
import type { Env } from "../http.ts";
import { balanceUsd } from "../wallet.ts";
import type { World } from "../world.ts";

export function accountRoutes(app: Hono<Env>, { store, clock }: World): void {
	app.get("/v3/users/me", (c) => {
		const account = c.get("account");
		const { username } = account;
		const wallet = {
			currency: "usd",
			remaining_balance: balanceUsd(store, account, clock.now()),
			auto_reload: { enabled: false, threshold_usd: null, amount_usd: null },
		};
		return c.json({
			data: {
				username,
				email: `${username}@example.com`,
				first_name: null,
				last_name: null,
				billing_type: "wallet",
				wallet,
				subscription: null,
				usage_based: null,
			},
		});
	});
}
