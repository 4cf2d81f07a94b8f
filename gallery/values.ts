import { NOT_KNOWN } from "../plan/preview.ts";

/** How the engine marks a value as special in JSON, and what says that it is a secret. */
const SPECIAL = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What pages show in place of a secret, as the engine does. */
export const HIDDEN = "[secret]";
export const LATER = "[known in the run]";

/** A value of a state or a preview as it may be shown: secrets are hidden, at any depth, whatever the file tells of them. */
export function shownValue(value: unknown): unknown {
	if (value === NOT_KNOWN) return LATER;
	if (Array.isArray(value)) return value.map(shownValue);
	if (typeof value !== "object" || value === null) return value;
	if (SPECIAL in value) return HIDDEN;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shownValue(part)]));
}

/** A secret text in plain; undefined where it is encrypted. A text that is no secret is given as it is. */
export function openedText(value: unknown): string | undefined {
	if (typeof value === "string") return value;
	if (typeof value !== "object" || value === null || Reflect.get(value, SPECIAL) !== SECRET) return undefined;
	const plaintext: unknown = Reflect.get(value, "plaintext");
	if (typeof plaintext !== "string") return undefined;
	try {
		const text: unknown = JSON.parse(plaintext);
		return typeof text === "string" ? text : undefined;
	} catch {
		return undefined;
	}
}

/** Whether a value is a secret that the file holds encrypted. */
export function isEncrypted(value: unknown): boolean {
	return typeof value === "object" && value !== null && SPECIAL in value && !("plaintext" in value);
}
