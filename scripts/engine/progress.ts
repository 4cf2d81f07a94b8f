const HEARTBEAT_MS = 20_000;

/** Tells a waiting user what is going on. */
export interface Progress {
	say: (line: string) => void;
	/** Says what begins, then about every 20 seconds that it still goes on, then returns the work's result. */
	during: <T>(what: string, work: () => Promise<T>) => Promise<T>;
}

/** Progress as lines of text: readable in a terminal and in the log of a CI run alike. */
export function lines(say: (line: string) => void): Progress {
	return {
		say,
		async during(what, work) {
			const start = Date.now();
			say(`${what} …`);
			const heartbeat = setInterval(() => {
				say(`${what}: still going after ${Math.round((Date.now() - start) / 1000)} s …`);
			}, HEARTBEAT_MS);
			try {
				return await work();
			} finally {
				clearInterval(heartbeat);
			}
		},
	};
}
