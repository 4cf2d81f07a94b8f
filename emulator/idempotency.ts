import type { EmulatorClock } from "./clock.ts";
import { ApiError, invalidParameter } from "./errors.ts";
import type { EmulatorSettings } from "./options.ts";
import type { AnswerKey, Store, StoredAnswer } from "./store.ts";

const HOUR_MS = 3_600_000;

/** What `Idempotency-Key` means: the first answer again, and one request at a time. */
export interface Idempotency {
	/** Marks the key as in flight until the returned function is called. Throws 409 when it is already, 400 when malformed. */
	hold(key: AnswerKey): () => void;
	/** The first answer under this key, while it is still to be replayed. */
	replay(key: AnswerKey): StoredAnswer | undefined;
	/** Keeps an answer; call it inside the transaction that has the effects. */
	keep(key: AnswerKey, status: number, body: string): void;
}

export function idempotency(store: Store, clock: EmulatorClock, settings: EmulatorSettings): Idempotency {
	const inFlight = new Set<string>();
	return {
		hold(key) {
			const [, , word] = key;
			if (!/^[A-Za-z0-9_\-:.]{1,255}$/.test(word)) {
				throw invalidParameter("Idempotency-Key must hold 1 to 255 letters, digits, or any of _ - : .");
			}
			const mark = JSON.stringify(key);
			if (inFlight.has(mark)) {
				throw new ApiError(
					409,
					"request_in_progress",
					"A request with this Idempotency-Key is still in progress",
				);
			}
			inFlight.add(mark);
			return () => inFlight.delete(mark);
		},
		replay(key) {
			const answer = store.answer(key);
			if (!answer || clock.now() >= answer.storedMs + settings.idempotencyHours * HOUR_MS) return undefined;
			return answer;
		},
		keep(key, status, body) {
			store.saveAnswer(key, { status, body, storedMs: clock.now() });
		},
	};
}
