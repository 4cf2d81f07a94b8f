import { basename } from "node:path/posix";
import { invalidParameter } from "../errors.ts";

/** What the lines above a part's bytes may take. */
const MAX_HEAD_BYTES = 16 * 1024;

/** A file in a form. */
export interface FilePart {
	/** Without folders. */
	readonly name: string;
	/** The part's own `Content-Type`; undefined when it has none. */
	readonly declared: string | undefined;
	readonly bytes: Buffer;
}

/** The file in `field` of a `multipart/form-data` body. Throws the API's 400 when there is none, or no such form. */
export function filePart(contentType: string | undefined, body: Buffer, field: string): FilePart {
	for (const { head, bytes } of partsOf(contentType, body)) {
		const disposition = headerIn(head, "content-disposition") ?? "";
		const filename = valueIn(disposition, "filename");
		if (valueIn(disposition, "name") !== field || filename === undefined) continue;
		const name = basename(filename.replaceAll("\\", "/")) || field;
		return { name, declared: headerIn(head, "content-type"), bytes };
	}
	throw invalidParameter(`${field}: the form has no file of this name`, field);
}

function* partsOf(contentType = "", body: Buffer): Generator<{ head: string; bytes: Buffer }> {
	const [, quoted, plain] =
		/^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined) {
		throw invalidParameter("The body must be multipart/form-data with a boundary", "file");
	}
	const line = `\r\n--${boundary}`;
	let start = body.indexOf(line.slice(2));
	if (start >= 0) start += line.length - 2;
	while (start >= 0 && body.toString("latin1", start, start + 2) !== "--") {
		const headEnd = body.subarray(0, start + MAX_HEAD_BYTES).indexOf("\r\n\r\n", start);
		if (headEnd < 0)
			throw invalidParameter("A part of the form has no end of its head, or a huge one", "file");
		const end = body.indexOf(line, headEnd + 2);
		if (end < 0) throw invalidParameter("The form ends before its last boundary", "file");
		yield { head: body.toString("utf8", start, headEnd), bytes: body.subarray(headEnd + 4, end) };
		start = end + line.length;
	}
}

function headerIn(head: string, name: string): string | undefined {
	const start = `${name}:`;
	const line = head.split("\r\n").find((each) => each.toLowerCase().startsWith(start));
	return line?.slice(start.length).trim();
}

function valueIn(disposition: string, name: string): string | undefined {
	const value = new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition)?.[1];
	return value?.replaceAll("%22", '"').replace(/\\(["\\])/g, "$1");
}
