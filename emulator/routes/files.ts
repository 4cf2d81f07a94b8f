import type { Context, Hono } from "hono";
import { FILE_TYPES, type FileName, needsSignature } from "../files.ts";
import type { Env } from "../http.ts";
import { findLook } from "../looks.ts";
import { statusOf } from "../video.ts";
import type { World } from "../world.ts";

/** The file host: presigned links instead of an API key, and refusals as a content network words them. */
export function fileRoutes(app: Hono<Env>, world: World): void {
	app.get("/files/:id/:name", async (c) => {
		const { id, name } = c.req.param();
		const { pathname, searchParams } = new URL(c.req.url);
		const signed = !isFileName(name) || needsSignature(name, world.settings);
		const problem = signed ? world.links.problem(pathname, searchParams) : undefined;
		if (problem === "expired")
			return refusal(403, "AccessDenied", "The link has expired. Get the video again for a new one.");
		if (problem)
			return refusal(
				403,
				"AccessDenied",
				"The link's signature does not fit. Use the link as it was answered.",
			);

		const video = world.store.video(id);
		if (
			!video ||
			video.deletedMs !== null ||
			!isFileName(name) ||
			statusOf(video, world.clock.now()) !== "completed"
		) {
			return refusal(404, "NoSuchKey", "There is no such file.");
		}
		return file(c, await world.files.ofVideo(video, name), FILE_TYPES[name]);
	});

	app.get("/looks/:id/preview.jpg", async (c) => {
		const look = findLook(c.req.param("id"));
		if (!look) return refusal(404, "NoSuchKey", "There is no such look.");
		return file(c, await world.files.previewOf(look), "image/jpeg");
	});
}

function isFileName(name: string): name is FileName {
	return Object.hasOwn(FILE_TYPES, name);
}

function refusal(status: number, code: string, message: string): Response {
	const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
	return new Response(text, { status, headers: { "content-type": "application/xml" } });
}

/** The whole file, or the part that a `Range` header asks for. */
function file(c: Context<Env>, bytes: Buffer, type: string): Response {
	const size = bytes.length;
	const headers = { "content-type": type, "accept-ranges": "bytes", "cache-control": "private" };
	const range = rangeOf(c.req.header("range"), size);
	if (range === "unsatisfiable") {
		return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
	}
	const [from, to] = range ?? [0, size - 1];
	return new Response(new Uint8Array(bytes.subarray(from, to + 1)), {
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
