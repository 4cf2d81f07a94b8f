import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import type { EmulatorSettings } from "../options.ts";

/** What came of a POST: a status, or why there is none. */
export type Outcome =
	| { readonly status: number; readonly error: null }
	| { readonly status: null; readonly error: string };

/** Sends JSON to receivers, on connections of its own. */
export interface Poster {
	/** Redirects are not followed. Rejects only when the poster was closed meanwhile: then it is not known what came of it. */
	post(url: string, body: string, headers: Record<string, string>, seconds: number): Promise<Outcome>;
	/** Breaks off what is on its way. */
	close(): Promise<void>;
}

export function poster(): Poster {
	const closing = new AbortController();
	// One connection for each POST: a receiver can stop without waiting for idle ones.
	const dispatcher = new Agent({ pipelining: 0 });
	return {
		async post(url, body, headers, seconds) {
			const late = AbortSignal.timeout(Math.round(seconds * 1000));
			try {
				const answer = await request(url, {
					method: "POST",
					body,
					headers: { "content-type": "application/json", "user-agent": "HeyGen-Emulator", ...headers },
					dispatcher,
					signal: AbortSignal.any([late, closing.signal]),
				});
				void answer.body.dump({ limit: 64 * 1024 }).catch(() => {});
				return { status: answer.statusCode, error: null };
			} catch (error) {
				if (closing.signal.aborted) throw error;
				if (late.aborted) return { status: null, error: `no answer within ${seconds} seconds` };
				return { status: null, error: error instanceof Error ? error.message : String(error) };
			}
		},
		async close() {
			closing.abort();
			await dispatcher.destroy();
		},
	};
}

/** HMAC-SHA256 of the body in hex, with the whole secret as it is, under the names that the settings choose. */
export function signatureHeaders(
	body: string,
	secret: string,
	{ webhookSignature }: EmulatorSettings,
): Record<string, string> {
	const signature = createHmac("sha256", secret).update(body).digest("hex");
	const names = webhookSignature === "both" ? ["Heygen-Signature", "Signature"] : [webhookSignature];
	return Object.fromEntries(names.map((name) => [name, signature]));
}
