/** Asks a question whose answer is shared; a caller's own signal ends only that caller's wait. */
export type Memo<Question, Answer> = (question: Question, signal: AbortSignal | undefined) => Promise<Answer>;

interface Entry<Answer> {
	answer: Promise<Answer>;
	/** How many wait for it; those without a signal never leave. */
	waiting: number;
	abort: AbortController;
}

/**
 * Asks each question once, also while the answer is on its way. A failure is not kept. The call is ended when the last one
 * who waited for it has given up.
 */
export function createMemo<Question extends object, Answer>(
	ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
): Memo<Question, Answer> {
	const entries = new Map<string, Entry<Answer>>();

	function begin(question: Question, key: string): Entry<Answer> {
		const abort = new AbortController();
		const answer = ask(question, abort.signal).catch((error: unknown) => {
			forget(key, entry);
			throw error;
		});
		const entry = { answer, waiting: 0, abort };
		entries.set(key, entry);
		return entry;
	}

	function forget(key: string, entry: Entry<Answer>): void {
		if (entries.get(key) === entry) entries.delete(key);
	}

	return (question, signal) => {
		const key = keyOf(question);
		const entry = entries.get(key) ?? begin(question, key);
		entry.waiting++;
		if (signal === undefined) return entry.answer;

		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		const giveUp = () => {
			reject(signal.reason);
			if (--entry.waiting > 0) return;
			forget(key, entry);
			entry.abort.abort(signal.reason);
		};
		signal.addEventListener("abort", giveUp, { once: true });
		const done = () => signal.removeEventListener("abort", giveUp);
		entry.answer.then(resolve, reject).then(done);
		return promise;
	};
}

/** The same text for the same question, whatever the order of its keys. */
function keyOf(question: object): string {
	const given = Object.entries(question).filter(([, value]) => value !== undefined);
	return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
