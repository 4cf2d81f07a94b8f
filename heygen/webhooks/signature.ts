import { createHmac } from "node:crypto";

/** A request's body as it came over the wire, before any parser. A string stands for its UTF-8 bytes. */
export type WebhookBody = string | Uint8Array;

/** HeyGen's signature of a body: HMAC-SHA256 under the secret as it is, `whsec_` included. */
export const signatureOf = (body: WebhookBody, secret: string): Buffer =>
	createHmac("sha256", secret).update(body).digest();
