import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { ranged, refusal } from "../fileHost.ts";
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
		return whole(c, await world.files.ofVideo(video, name), FILE_TYPES[name]);
	});

	app.get("/looks/:id/preview.jpg", async (c) => {
		const look = findLook(c.req.param("id"));
		if (!look) return refusal(404, "NoSuchKey", "There is no such look.");
		return whole(c, await world.files.previewOf(look), "image/jpeg");
	});
}

function isFileName(name: string): name is FileName {
	return Object.hasOwn(FILE_TYPES, name);
}

function whole(c: Context<Env>, bytes: Buffer, type: string): Response {
	const part = (from: number, to: number) => new Uint8Array(bytes.subarray(from, to + 1));
	const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
	return ranged(c, { size: bytes.length, type, etag }, part);
}
