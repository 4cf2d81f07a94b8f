import type { IncomingMessage } from "node:http";
import { bodyConsumed } from "../bodyConsumed.ts";
import type { WebhookBody } from "../signature.ts";
import { tooLarge } from "../tooLarge.ts";

/**
 * The raw body: the bytes that a framework has put on `rawBody` or `body`, else what comes over the wire. Rejects with
 * `BodyTooLarge`, with `WrongSignature` when only a parsed body is left, and when the connection breaks off.
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<WebhookBody> {
	const { rawBody, body }: { rawBody?: unknown; body?: unknown } = request as object;
	for (const given of [rawBody, body]) {
		if (typeof given === "string" || given instanceof Uint8Array) return given;
	}
	if (request.readableDidRead) throw bodyConsumed();
	return new Promise((resolve, reject) => {
		const chunks: Uint8Array[] = [];
		let size = 0;
		request.on("data", (chunk: Uint8Array) => {
			size += chunk.length;
			if (size > mostBytes) {
				request.pause();
				reject(tooLarge(mostBytes));
			} else {
				chunks.push(chunk);
			}
		});
		request.once("end", () => resolve(Buffer.concat(chunks)));
		request.once("error", reject);
		request.once("close", () => reject(new Error("The connection broke off before the body was whole.")));
	});
}
