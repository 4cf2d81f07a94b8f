import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How much may be received between two collections, in bytes. */
const COLLECT_EVERY_BYTES = 16 * 1024 * 1024;

/**
 * Keeps memory flat while a large file streams through: to be called with the length of each piece. The buffers that a
 * socket hands out are garbage at once, but V8 lets some 70 MB of them pile up before it looks; a minor collection now
 * and then, of about a millisecond, frees them. Does nothing where a collection cannot be asked for.
 */
export function createBufferCollector(): (received: number) => void {
	const collect = minorCollection();
	let since = 0;
	return (received) => {
		since += received;
		if (since < COLLECT_EVERY_BYTES) return;
		since = 0;
		collect();
	};
}

function minorCollection(): () => void {
	try {
		setFlagsFromString("--expose-gc");
		const gc: unknown = runInNewContext("gc");
		setFlagsFromString("--no-expose-gc");
		if (typeof gc === "function") return () => void gc({ type: "minor" });
	} catch {
		// Another engine than V8: memory is then up to that one.
	}
	return () => {};
}
