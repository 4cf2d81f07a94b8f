import { timingSafeEqual } from "node:crypto";
import { checkLimits } from "./checkLimits.ts";
import { checkTimestamp } from "./checkTimestamp.ts";
import { MissingSignature, WrongSignature } from "./errors.ts";
import { headerOf, type WebhookHeaders } from "./headers.ts";
import { secretList, type WebhookSecrets } from "./secrets.ts";
import { signatureOf, type WebhookBody } from "./signature.ts";

export interface VerifyWebhookOptions {
	/** The raw body. A parsed one cannot be verified: the same JSON can be written in many ways. */
	body: WebhookBody;
	/** Must hold `Heygen-Signature` or `Signature`; one that fits is enough. */
	headers: WebhookHeaders;
	secrets: WebhookSecrets;
	/**
	 * How far `Heygen-Timestamp`, where it is sent, may be from now, in either direction; `Infinity` for no limit. HeyGen
	 * does not sign the timestamp, so this finds late deliveries and wrong clocks, and stops nobody who replays a request:
	 * against that, remember the event ids.
	 * @default 90000, 25 hours: HeyGen delivers an event again for 24 hours and does not say whether with a new timestamp
	 */
	maxAgeSeconds?: number | undefined;
	/**
	 * Wall time in unix milliseconds.
	 * @default Date.now
	 */
	now?: (() => number) | undefined;
}

const DEFAULT_MAX_AGE_SECONDS = 25 * 3600;
const HEADERS = ["heygen-signature", "signature"];
const HEX = /^[0-9a-f]{64}$/i;

/**
 * Returns when the request was signed with one of the secrets. Throws `MissingSignature`, `WrongSignature` or
 * `StaleTimestamp`, and a `TypeError` when an option is wrong.
 */
export function verifyWebhook(options: VerifyWebhookOptions): void {
	const { body, headers, maxAgeSeconds = DEFAULT_MAX_AGE_SECONDS, now = Date.now } = options;
	const secrets = secretList(options.secrets);
	checkLimits({ maxAgeSeconds });
	const signatures = HEADERS.flatMap((name) => headerOf(headers, name)?.split(",") ?? []);
	if (signatures.length === 0) {
		throw new MissingSignature(
			"The request has neither a Heygen-Signature nor a Signature header. Either it is not a webhook of HeyGen's, or a proxy took the header away. What HeyGen sends to a video's callback_url is not signed; use a webhook endpoint.",
		);
	}
	if (typeof body !== "string" && !(body instanceof Uint8Array)) {
		throw new WrongSignature(
			"The body is neither a string nor a Uint8Array, so something has parsed it. HeyGen signs the raw bytes: keep JSON parsers away from this route (in Express: express.raw({ type: 'application/json' })), and pass what came over the wire.",
		);
	}
	const fits = (secret: string) => hasSignature(signatures, signatureOf(body, secret));
	if (!secrets.some(fits)) throw new WrongSignature(likelyCause(secrets, fits));
	checkTimestamp(headers, maxAgeSeconds, now);
}

function hasSignature(signatures: readonly string[], expected: Buffer): boolean {
	return signatures.some((signature) => {
		const given = signature.trim();
		return HEX.test(given) && timingSafeEqual(Buffer.from(given, "hex"), expected);
	});
}

function likelyCause(secrets: readonly string[], fits: (secret: string) => boolean): string {
	const padded = secrets.filter((secret) => secret !== secret.trim());
	if (padded.some((secret) => fits(secret.trim()))) {
		return "The signature fits the secret without the whitespace around it: the secret was stored with a space or a line feed. Store it without.";
	}
	const which = secrets.length === 1 ? "the secret" : `any of the ${secrets.length} secrets`;
	const causes =
		padded.length > 0
			? "A secret has whitespace around it, often a line feed at its end; store it without. Other usual causes"
			: "The usual causes";
	return `The signature does not fit the body under ${which}. ${causes}: the body was parsed and written again before it was verified (HeyGen signs the raw bytes), or the secret is another endpoint's or was rotated since (take the endpoint's present one).`;
}
