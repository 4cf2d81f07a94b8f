/** A request's headers in any case: a `Headers`, or a plain object such as `request.headers` of `node:http`. */
export type WebhookHeaders =
	| { get(name: string): string | null }
	| Readonly<Record<string, string | readonly string[] | undefined>>;

/** The value of a header, several joined by commas; `undefined` for none and for an empty one. `name` is in lower case. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
	const value = isHeaders(headers) ? headers.get(name) : plainHeader(headers, name);
	return value?.trim() || undefined;
}

const isHeaders = (headers: WebhookHeaders): headers is { get(name: string): string | null } =>
	typeof headers["get" as keyof WebhookHeaders] === "function";

function plainHeader(
	headers: Exclude<WebhookHeaders, { get(name: string): string | null }>,
	name: string,
): string | undefined {
	return Object.entries(headers)
		.filter(([key, value]) => key.toLowerCase() === name && value !== undefined)
		.flatMap(([, value]) => value)
		.join(",");
}
