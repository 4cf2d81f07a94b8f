export type Json = Record<string, unknown>;

/** The JSON object in a text; undefined for anything else. */
export function objectIn(text: string): Json | undefined {
	try {
		const json: unknown = JSON.parse(text);
		return typeof json === "object" && json !== null ? (json as Json) : undefined;
	} catch {
		return undefined;
	}
}

/** Every object in a value, the outer ones first. */
export function* objectsIn(value: unknown): Generator<Json> {
	if (typeof value !== "object" || value === null) return;
	if (!Array.isArray(value)) yield value as Json;
	for (const item of Object.values(value)) yield* objectsIn(item);
}

/** Sets a key whatever it is called. */
export const set = (object: Json, key: string, value: unknown) =>
	Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });

export const isList = (json: Json): json is Json & { data: Json[] } => Array.isArray(json["data"]);
