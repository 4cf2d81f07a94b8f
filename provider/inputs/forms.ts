import { z } from "zod";
import { isLoopback } from "../settings.ts";

/** An id of HeyGen's: opaque, without spaces. */
export const Id = z.string().regex(/^\S+$/);

/** A URL that HeyGen can reach: https, or plain http on this machine, where only the emulator can. */
export const PublicUrl = z.string().refine((text) => {
	const url = URL.parse(text);
	if (url === null) return false;
	return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
});

/** The words of an enumeration, as the end of "must be …". */
export function oneOf(words: readonly string[]): string {
	return `one of ${words.map((word) => `"${word}"`).join(", ")}`;
}
