import type { Hono } from "hono";
import { z } from "zod";
import { ApiError, invalidParameter } from "../errors.ts";
import { baseOf, type Env, page } from "../http.ts";
import { type EmulatorLook, findLook, LOOKS, ownershipOf } from "../looks.ts";

const FILTERS = {
	avatar_type: z.enum(["studio_avatar", "digital_twin", "photo_avatar"]),
	ownership: z.enum(["public", "private"]),
	group_id: z.string(),
};

export function lookRoutes(app: Hono<Env>): void {
	app.get("/v3/avatars/looks", (c) => {
		const wanted = (name: keyof typeof FILTERS) => {
			const value = c.req.query(name);
			if (value === undefined) return undefined;
			const parsed = FILTERS[name].safeParse(value);
			if (!parsed.success) throw invalidParameter(`${name}: ${z.prettifyError(parsed.error)}`, name);
			return parsed.data;
		};
		const [type, ownership, group] = [wanted("avatar_type"), wanted("ownership"), wanted("group_id")];
		const found = LOOKS.filter(
			(look) =>
				(type === undefined || look.avatar_type === type) &&
				(ownership === undefined || ownershipOf(look) === ownership) &&
				(group === undefined || look.group_id === group),
		);
		const answer = page(c, found, { max: 50, default: 20, position: (look) => LOOKS.indexOf(look) });
		return c.json({ ...answer, data: answer.data.map((look) => lookAnswer(look, baseOf(c))) });
	});

	app.get("/v3/avatars/looks/:id", (c) => {
		const id = c.req.param("id");
		const look = findLook(id);
		if (!look) throw new ApiError(404, "avatar_not_found", `Avatar look ${id} not found`);
		return c.json({ data: lookAnswer(look, baseOf(c)) });
	});
}

function lookAnswer(look: EmulatorLook, base: string) {
	return {
		...look,
		default_voice_id: null,
		preview_image_url: `${base}/looks/${look.id}/preview.jpg`,
		preview_video_url: null,
		supported_api_engines: ["avatar_iv"],
	};
}
