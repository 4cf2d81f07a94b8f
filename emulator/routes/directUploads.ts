import { randomBytes } from "node:crypto";
import { basename } from "node:path/posix";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { answerOnce } from "../answerOnce.ts";
import { acceptBytes, acceptDeclared } from "../assets/acceptance.ts";
import { storedName, uploadHeadersOf } from "../assets/asset.ts";
import { jsonBody, UPLOADS } from "../body.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { baseOf, checked, type Env } from "../http.ts";
import type { World } from "../world.ts";
import { uploadAnswer } from "./assets.ts";

const checksum = z
	.string()
	.regex(/^[0-9a-f]{64}$/i, "must be the SHA-256 in hex, 64 digits")
	.transform((hex) => hex.toLowerCase())
	.nullish();
const NewUpload = z.strictObject({
	filename: z.string().min(1).max(255),
	content_type: z.string().min(1),
	size_bytes: z.int().min(1),
	checksum_sha256: checksum,
});
const Completion = z.strictObject({ checksum_sha256: checksum });

const ROUTE = "/v3/assets/direct-uploads";

/** The two calls around a direct upload; the bytes go to the storage between them. */
export function directUploadRoutes(app: Hono<Env>, world: World): void {
	app.post(ROUTE, (c) => answerOnce(c, world, `POST ${ROUTE}`, () => start(c, world)));
	app.post("/v3/assets/:id/complete", (c) => c.json({ data: complete(c, world) }));
}

function start(c: Context<Env>, { assets, clock, settings, links }: World) {
	const request = checked(NewUpload, jsonBody(c));
	const mimeType = acceptDeclared(request.content_type, "content_type");
	if (request.size_bytes > settings.assetMaxBytes) {
		throw invalidParameter(
			`size_bytes: at most ${settings.assetMaxBytes} bytes, got ${request.size_bytes}`,
			"size_bytes",
		);
	}
	const asset = {
		id: randomBytes(16).toString("hex"),
		username: c.get("account").username,
		name: basename(request.filename.replaceAll("\\", "/")) || "file",
		how: "direct",
		mimeType,
		sizeBytes: request.size_bytes,
		checksum: request.checksum_sha256 ?? null,
		sha256: null,
		uploads: 0,
		createdMs: clock.now(),
		readyMs: null,
	} as const;
	assets.table.insert(asset);
	return {
		asset_id: asset.id,
		upload_url: baseOf(c) + links.sign(UPLOADS + asset.id, settings.uploadLinkSeconds),
		upload_headers: uploadHeadersOf(asset),
		expires_in_seconds: settings.uploadLinkSeconds,
		max_bytes: settings.assetMaxBytes,
		status: "pending_upload",
	};
}

/** May be called again at any time: what was completed once stays so. */
function complete(c: Context<Env>, { assets, clock, settings }: World) {
	const { username } = c.get("account");
	const id = c.req.param("id") ?? "";
	const request = checked(Completion, c.get("body")?.length ? jsonBody(c) : {});
	const { sha256, readyMs, mimeType } = assets.find(username, id);
	if (sha256 === null) {
		throw new ApiError(
			409,
			"resource_not_ready",
			`The bytes of asset ${id} are not there yet; send them to its upload_url first`,
		);
	}
	if (request.checksum_sha256 && request.checksum_sha256 !== sha256) {
		throw invalidParameter(
			`checksum_sha256: the bytes of asset ${id} have the SHA-256 ${sha256}`,
			"checksum_sha256",
		);
	}
	if (readyMs === null) {
		const found = acceptBytes(assets.files.head(storedName({ id, sha256 })), mimeType);
		assets.table.completed(id, found, clock.now() + Math.round(settings.assetProcessingSeconds * 1000));
	}
	const asset = assets.find(username, id);
	return { ...uploadAnswer(c, asset), status: assets.status(asset) };
}
