import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How much comes in between two tidyings, in bytes. */
const EVERY_BYTES = 8 * 1024 * 1024;

let collect: ((options: { type: "minor" }) => void) | undefined;

/**
 * Keeps the memory of one long stream of buffers flat. V8 leaves about 100 MB of received buffers lying around before it
 * collects them by itself; a minor collection now and then takes about a millisecond. Call the result with the length of each
 * piece. Short streams, as most videos are, never come to it.
 */
export function tidyMemory(): (bytes: number) => void {
	let since = 0;
	return (bytes) => {
		since += bytes;
		if (since < EVERY_BYTES) return;
		since = 0;
		collect ??= collector();
		collect({ type: "minor" });
	};
}

/** V8's own collector, which is there under a flag only. */
function collector(): (options: { type: "minor" }) => void {
	setFlagsFromString("--expose-gc");
	const found: unknown = runInNewContext("globalThis.gc");
	return typeof found === "function" ? (options) => found(options) : () => {};
}
