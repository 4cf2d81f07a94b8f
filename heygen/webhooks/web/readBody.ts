import { bodyConsumed } from "../bodyConsumed.ts";
import type { WebhookBody } from "../signature.ts";
import { tooLarge } from "../tooLarge.ts";

/** The raw body. Rejects with `BodyTooLarge`, with `WrongSignature` when it has been read, and when the connection breaks off. */
export async function readBody(request: Request, mostBytes: number): Promise<WebhookBody> {
	if (request.bodyUsed) throw bodyConsumed();
	if (request.body === null) return "";
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body) {
		size += chunk.length;
		if (size > mostBytes) throw tooLarge(mostBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
