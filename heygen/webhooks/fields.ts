/** A JSON object as it was parsed. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A field's text. HeyGen writes "none" as null, as an empty string, or leaves the field out: all are `undefined` here. */
export function textOf(fields: Fields, name: string): string | undefined {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	return typeof value === "string" && value !== "" ? value : undefined;
}
