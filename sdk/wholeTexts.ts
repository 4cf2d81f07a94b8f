import * as pulumi from "@pulumi/pulumi";

/** One half of a character that takes two, as is left where a text is cut within an emoji. */
const HALF = /\p{Surrogate}/u;

/**
 * The value, whose texts are whole as soon as it is resolved, at any depth. A text with half a character has no UTF-8, and
 * the engine's connection ends with an error that names neither the resource nor the input.
 *
 * @param where what the value is to the user, such as `AvatarShotsVideo "hero": prompt`
 * @throws a `pulumi.RunError`, at once or in the promise or output that the value is
 */
export function wholeTexts<T>(value: T, where: string): T;
export function wholeTexts(value: unknown, where: string): unknown {
	if (typeof value === "string") return wholeText(value, where);
	if (value instanceof Promise) return value.then((item: unknown) => wholeTexts(item, where));
	if (pulumi.Output.isInstance(value)) return value.apply((item: unknown) => wholeTexts(item, where));
	if (Array.isArray(value)) return value.map((item, at) => wholeTexts(item, `${where}[${at}]`));
	if (pulumi.asset.Asset.isInstance(value)) {
		return Object.assign(Object.create(Object.getPrototypeOf(value)), wholeFields(value, where));
	}
	return isPlain(value) ? wholeFields(value, where) : value;
}

/** The inputs of a resource, and its name. */
export function wholeInputs<T extends object>(type: string, name: string, inputs: T): T {
	const resource = `${type} ${JSON.stringify(name)}`;
	wholeText(name, `${resource}: the name`);
	const fields = Object.entries(inputs).map(([key, value]) => {
		return [key, wholeTexts(value, `${resource}: ${wholeText(key, `${resource}: an input's name`)}`)];
	});
	return Object.fromEntries(fields);
}

function wholeFields(value: object, where: string): object {
	const fields = Object.entries(value).map(([key, item]) => {
		return [wholeText(key, `${where}: a name`), wholeTexts(item, `${where}.${key}`)];
	});
	return Object.fromEntries(fields);
}

function wholeText(text: string, where: string): string {
	const at = text.search(HALF);
	if (at < 0) return text;
	const half = text.charCodeAt(at).toString(16);
	const error = new pulumi.RunError(
		`${where} holds half a character (\\u${half} at ${at}), as is left where a text is cut within an emoji. Cut it ` +
			"between whole characters, such as those of Array.from(text).",
	);
	// The SDK prints the stack of an error that it meets before its own handler does.
	throw Object.assign(error, { stack: "" });
}

function isPlain(value: unknown): value is object {
	if (typeof value !== "object" || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
