import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { Context, Hono } from "hono";
import { acceptBytes } from "../assets/acceptance.ts";
import { ASSET_TYPES, fileNameOf, type StoredAsset, storedName } from "../assets/asset.ts";
import { filePart } from "../assets/multipart.ts";
import { MAX_BODY_BYTES } from "../body.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { answerKeyOf, baseOf, type Env, jsonText, page } from "../http.ts";
import type { World } from "../world.ts";

export function assetRoutes(app: Hono<Env>, world: World): void {
	const { assets, clock } = world;
	const find = (c: Context<Env>) => assets.find(c.get("account").username, c.req.param("id") ?? "");

	app.post("/v3/assets", (c) => upload(c, world));

	app.get("/v3/assets", (c) => {
		const username = c.req.query("username");
		if (!username) throw invalidParameter("username is missing", "username");
		const own = username === c.get("account").username && !c.req.query("folder_id");
		const found = own ? assets.list(username) : [];
		const answer = page(c, found, { max: 100, default: 20, position: (asset) => -asset.seq });
		return c.json({ ...answer, data: answer.data.map((asset) => assetAnswer(c, asset)) });
	});

	app.get("/v3/assets/:id", (c) => c.json({ data: assetAnswer(c, find(c)) }));

	app.delete("/v3/assets/:id", async (c) => {
		const asset = find(c);
		assets.table.delete(asset.id, clock.now());
		await assets.files.remove(storedName(asset));
		return c.json({ data: { id: asset.id } });
	});
}

/** The simple upload. The bytes are on disk before the asset and its answer are kept, both or none. */
async function upload(c: Context<Env>, world: World): Promise<Response> {
	const { assets, store, clock, idempotency } = world;
	const key = answerKeyOf(c, "POST /v3/assets");
	const replayed = key && idempotency.replay(key);
	if (replayed) return jsonText(replayed.body, replayed.status);

	const { name, declared, bytes } = filePart(
		c.req.header("content-type"),
		c.get("body") ?? Buffer.alloc(0),
		"file",
	);
	if (bytes.length === 0) throw invalidParameter("file: the file is empty", "file");
	if (bytes.length > MAX_BODY_BYTES) {
		throw new ApiError(413, "payload_too_large", "The file is larger than 32 MiB; use a direct upload");
	}
	const mimeType = acceptBytes(bytes, declared, "file");
	const received = await assets.files.receive(Readable.from([bytes]));
	const { sizeBytes, sha256 } = received;
	const now = clock.now();
	const asset = {
		id: randomBytes(16).toString("hex"),
		username: c.get("account").username,
		name,
		how: "multipart",
		mimeType,
		sizeBytes,
		checksum: null,
		sha256,
		uploads: 1,
		createdMs: now,
		readyMs: now,
	} as const;
	assets.files.keep(received, storedName(asset));
	try {
		return store.transaction(() => {
			assets.table.insert(asset);
			const text = JSON.stringify({ data: uploadAnswer(c, asset) });
			if (key) idempotency.keep(key, 200, text);
			return jsonText(text, 200);
		});
	} catch (error) {
		await assets.files.remove(storedName(asset));
		throw error;
	}
}

/** An asset as an upload tells it. */
export function uploadAnswer(
	c: Context<Env>,
	asset: Pick<StoredAsset, "id" | "mimeType" | "sizeBytes">,
): { asset_id: string; url: string; mime_type: string; size_bytes: number } {
	return {
		asset_id: asset.id,
		url: linkOf(c, asset),
		mime_type: asset.mimeType,
		size_bytes: asset.sizeBytes,
	};
}

/** An asset as `GET /v3/assets/{id}` tells it: no size, no checksum, and no link before it is completed. */
function assetAnswer(c: Context<Env>, asset: StoredAsset) {
	return {
		id: asset.id,
		name: asset.name,
		type: ASSET_TYPES[asset.mimeType]?.type ?? "document",
		owner: asset.username,
		space_id: `space-${asset.username}`,
		uploaded_at: Math.floor(asset.createdMs / 1000),
		folder_id: null,
		url: asset.readyMs === null ? null : linkOf(c, asset),
	};
}

function linkOf(c: Context<Env>, asset: Pick<StoredAsset, "id" | "mimeType">): string {
	return `${baseOf(c)}/assets/${asset.id}/${fileNameOf(asset)}`;
}
