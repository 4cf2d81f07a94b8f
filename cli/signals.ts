/** Aborted when the user ends the command: what it has started ends with it, and the signal does what it always does. */
export function endedBySignals(): AbortSignal {
	const end = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.once(signal, () => {
			end.abort();
			process.kill(process.pid, signal);
		});
	}
	return end.signal;
}
