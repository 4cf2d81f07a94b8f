import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { EmulatorClock } from "./clock.ts";

/** Makes and checks presigned links in the form of HeyGen's file host: `Expires`, `Signature`, `Key-Pair-Id`. */
export interface Links {
	/** The path with a fresh query: no two calls give the same. */
	sign(path: string, seconds: number): string;
	/** Why the link is refused, or undefined when it is good. */
	problem(path: string, query: URLSearchParams): "expired" | "invalid" | undefined;
}

export function presignedLinks(secret: Buffer, clock: EmulatorClock): Links {
	const signature = (path: string, expires: string, keyPair: string) =>
		createHmac("sha256", secret).update(`${path}\n${expires}\n${keyPair}`).digest();

	return {
		sign(path, seconds) {
			const expires = String(Math.floor(clock.now() / 1000 + seconds));
			const keyPair = `K${randomBytes(8).toString("hex").toUpperCase()}`;
			const query = new URLSearchParams({
				Expires: expires,
				Signature: signature(path, expires, keyPair).toString("base64url"),
				"Key-Pair-Id": keyPair,
			});
			return `${path}?${query}`;
		},
		problem(path, query) {
			const expires = query.get("Expires") ?? "";
			const given = Buffer.from(query.get("Signature") ?? "", "base64url");
			const right = signature(path, expires, query.get("Key-Pair-Id") ?? "");
			if (given.length !== right.length || !timingSafeEqual(given, right)) return "invalid";
			return clock.now() / 1000 > Number(expires) ? "expired" : undefined;
		},
	};
}
