import type { Context } from "hono";

/** A refusal as a file host words it. */
export function refusal(status: number, code: string, message: string): Response {
	const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
	return new Response(text, { status, headers: { "content-type": "application/xml" } });
}

/**
 * The whole file, or the part that a `Range` header asks for, unless `If-Range` names other bytes.
 * `read` gives the bytes between two positions, both included; it is called only when they are sent.
 */
export function ranged(
	c: Context,
	{ size, type, etag }: { readonly size: number; readonly type: string; readonly etag?: string },
	read: (from: number, to: number) => Uint8Array<ArrayBuffer> | ReadableStream,
): Response {
	const headers = {
		"content-type": type,
		"accept-ranges": "bytes",
		"cache-control": "private",
		...(etag === undefined ? {} : { etag }),
	};
	const condition = c.req.header("if-range");
	const sameFile = condition === undefined || condition === etag;
	const range = sameFile ? rangeOf(c.req.header("range"), size) : undefined;
	if (range === "unsatisfiable") {
		return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
	}
	const [from, to] = range ?? [0, size - 1];
	return new Response(c.req.method === "HEAD" ? null : read(from, to), {
		status: range ? 206 : 200,
		headers: {
			...headers,
			"content-length": String(to - from + 1),
			...(range ? { "content-range": `bytes ${from}-${to}/${size}` } : {}),
		},
	});
}

/** First and last byte; undefined for the whole file, which is also the answer to several ranges or a malformed one. */
function rangeOf(header: string | undefined, size: number): [number, number] | "unsatisfiable" | undefined {
	const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
	if (first === "" && last === "") return undefined;
	if (first === "")
		return Number(last) === 0 ? "unsatisfiable" : [Math.max(0, size - Number(last)), size - 1];
	const [from, to] = [Number(first), last === "" ? size - 1 : Math.min(Number(last), size - 1)];
	if (last !== "" && Number(last) < from) return undefined;
	return from >= size ? "unsatisfiable" : [from, to];
}
