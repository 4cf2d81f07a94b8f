import type { Context } from "hono";
import { ApiError, errorBody } from "./errors.ts";
import { answerKeyOf, type Env, jsonText } from "./http.ts";
import type { World } from "./world.ts";

/**
 * Answers with `data` from `work`, or what was answered first under the request's `Idempotency-Key`.
 * What `work` changes is kept together with the answer, or not at all; a refusal is kept only if the settings say so.
 * `route` names the call, with the id of the resource where it has one.
 */
export function answerOnce(
	c: Context<Env>,
	{ store, idempotency, settings }: World,
	route: string,
	work: () => object,
): Response {
	const key = answerKeyOf(c, route);
	const replayed = key && idempotency.replay(key);
	if (replayed) return jsonText(replayed.body, replayed.status);
	try {
		return store.transaction(() => {
			const text = JSON.stringify({ data: work() });
			if (key) idempotency.keep(key, 200, text);
			return jsonText(text, 200);
		});
	} catch (error) {
		if (key && error instanceof ApiError && settings.replayErrors) {
			const text = JSON.stringify(errorBody(error.code, error.message, error.param));
			idempotency.keep(key, error.status, text);
		}
		throw error;
	}
}
