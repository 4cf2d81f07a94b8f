import { sparingLaterState } from "../laterState.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { withSubject } from "../subject.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { NOT_REGISTERED } from "./failures.ts";
import { read } from "./read.ts";
import { type EndpointState, STATE_VERSION } from "./state.ts";
import { update } from "./update.ts";

/** The life of one registered webhook endpoint and of its signing secret. */
export const webhookEndpoint: Lifecycle<EndpointState> = withSubject(
	{ named: (id) => `Webhook endpoint ${id}`, notMade: () => NOT_REGISTERED },
	sparingLaterState("Webhook endpoint", STATE_VERSION, {
		secrets: ["secret"],
		check,
		diff,
		create,
		read,
		update,
		delete: remove,
	}),
);
