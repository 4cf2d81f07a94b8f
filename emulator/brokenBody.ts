import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "hono";
import type { Env } from "./http.ts";

/** The beginning of a body; the connection ends when it has gone out. */
export function brokenBody(bytes: Buffer, breakAfter: number, c: Context<Env>): ReadableStream<Uint8Array> {
	const { outgoing } = c.env;
	return new ReadableStream({
		start: (controller) => controller.enqueue(new Uint8Array(bytes.subarray(0, breakAfter))),
		async pull() {
			while (!outgoing.destroyed && (!outgoing.headersSent || outgoing.writableLength > 0)) await delay(5);
			outgoing.destroy();
		},
	});
}
