import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Context } from "hono";

/** A file that can be served. */
export interface HostedFile {
	/** Bytes. */
	readonly size: number;
	readonly etag?: string;
	/** The bytes between two positions, both included. Called only when they are sent. */
	read(from: number, to: number): ReadableStream | Promise<ReadableStream>;
}

/** A refusal as a file host words it. */
export function refusal(status: number, code: string, message: string): Response {
	const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
	return new Response(text, { status, headers: { "content-type": "application/xml" } });
}

export function noSuchKey(): Response {
	return refusal(404, "NoSuchKey", "There is no such file.");
}

/** Serves the file that `find` gives; a 404 when its bytes are gone from the disk. */
export async function serve(
	c: Context,
	type: string,
	find: () => HostedFile | Promise<HostedFile>,
): Promise<Response> {
	try {
		return await ranged(c, type, await find());
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return noSuchKey();
		throw error;
	}
}

/** The bytes of a file on disk between two positions, both included. Rejects when it cannot be opened. */
export async function readPart(path: string, from: number, to: number): Promise<ReadableStream> {
	const file = await open(path);
	return Readable.toWeb(file.createReadStream({ start: from, end: to })) as ReadableStream;
}

/** The whole file, or the part that a `Range` header asks for, unless `If-Range` names other bytes. */
async function ranged(c: Context, type: string, { size, etag, read }: HostedFile): Promise<Response> {
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
	return new Response(c.req.method === "HEAD" ? null : await read(from, to), {
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
