import type { Hono } from "hono";
import { noSuchKey, refusal, serve } from "../fileHost.ts";
import { FILE_TYPES, isFileName, needsSignature } from "../files.ts";
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
			return noSuchKey();
		}
		return serve(c, FILE_TYPES[name], () => world.files.ofVideo(video, name));
	});

	app.get("/looks/:id/preview.jpg", async (c) => {
		const look = findLook(c.req.param("id"));
		if (!look) return refusal(404, "NoSuchKey", "There is no such look.");
		return serve(c, "image/jpeg", () => world.files.previewOf(look));
	});
}
