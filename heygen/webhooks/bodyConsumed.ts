import { WrongSignature } from "./errors.ts";

/** For a request whose raw bytes are gone, because something before the handler has read them. */
export const bodyConsumed = (): WrongSignature =>
	new WrongSignature(
		"The body was read, and perhaps parsed, before the webhook's handler got the request. HeyGen signs the raw bytes: keep body parsers away from this route (in Express: put express.raw({ type: 'application/json' }) on it, before any express.json()).",
	);
