import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How much comes in between two tidyings, in bytes, over all streams. */
const EVERY_BYTES = 16 * 1024 * 1024;

let since = 0;
let collect: ((options: { type: "minor" }) => void) | undefined;

/**
 * Keeps memory flat while much is received: to be called with the length of each piece. V8 leaves about 100 MB of buffers
 * lying around before it collects them by itself; a minor collection now and then takes about a millisecond.
 */
export function tidyMemory(bytes: number): void {
	since += bytes;
	if (since < EVERY_BYTES) return;
	since = 0;
	collect ??= collector();
	collect({ type: "minor" });
}

/** V8's own collector, which is there under a flag only. */
function collector(): (options: { type: "minor" }) => void {
	setFlagsFromString("--expose-gc");
	const found: unknown = runInNewContext("globalThis.gc");
	return typeof found === "function" ? (options) => found(options) : () => {};
}
