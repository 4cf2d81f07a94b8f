import type { Context, Hono } from "hono";
import { fileNameOf, type StoredAsset, storedName, uploadHeadersOf } from "../assets/asset.ts";
import type { ReceivedFile } from "../assets/assetFiles.ts";
import { UPLOADS } from "../body.ts";
import { noSuchKey, refusal, serve } from "../fileHost.ts";
import type { Env } from "../http.ts";
import type { World } from "../world.ts";

/** The storage behind direct uploads, and the public links of assets: no API key, and refusals as a storage words them. */
export function uploadRoutes(app: Hono<Env>, world: World): void {
	app.put(`${UPLOADS}:id`, async (c) => {
		const refused = refusedLink(c, world);
		if (refused) return refused;
		const asset = world.assets.live(c.req.param("id"));
		if (!asset) return noSuchKey();
		return refusedRequest(c, asset) ?? keep(world, asset, await received(c, world));
	});

	app.get("/assets/:id/:name", (c) => {
		const asset = world.assets.live(c.req.param("id"));
		if (!asset || asset.readyMs === null || c.req.param("name") !== fileNameOf(asset)) return noSuchKey();
		return serve(c, asset.mimeType, () => ({
			size: asset.sizeBytes,
			read: (from, to) => world.assets.files.read(storedName(asset), from, to),
		}));
	});
}

async function received(c: Context<Env>, { assets }: World): Promise<ReceivedFile> {
	try {
		return await assets.files.receive(c.env.incoming);
	} catch (error) {
		c.set("cut", true);
		throw error;
	}
}

function refusedLink(c: Context<Env>, { links }: World): Response | undefined {
	for (const name of ["x-api-key", "authorization"]) {
		if (c.req.header(name) === undefined) continue;
		return refusal(
			400,
			"InvalidArgument",
			`The link is signed already, and ${name} hands the storage a secret that is not for it. Leave the header out.`,
		);
	}
	const { pathname, searchParams } = new URL(c.req.url);
	const problem = links.problem(pathname, searchParams);
	if (problem === "expired") {
		return refusal(403, "AccessDenied", "The link has expired. Start the upload again for a new one.");
	}
	return problem && signatureDoesNotMatch("the link is not as it was answered");
}

/** What the link's signature covers beside the path: the headers and the size. */
function refusedRequest(c: Context<Env>, asset: StoredAsset): Response | undefined {
	for (const [name, value] of Object.entries(uploadHeadersOf(asset))) {
		if (c.req.header(name) !== value) return signatureDoesNotMatch(`${name} must be ${value}`);
	}
	const length = c.req.header("content-length");
	if (length === undefined) return refusal(411, "MissingContentLength", "Content-Length is missing.");
	if (Number(length) !== asset.sizeBytes) {
		return signatureDoesNotMatch(`the upload was signed for ${asset.sizeBytes} bytes, not ${length}`);
	}
	return undefined;
}

async function keep(
	{ assets }: World,
	{ id, checksum }: StoredAsset,
	received: ReceivedFile,
): Promise<Response> {
	// Looked at anew: it may have been completed or deleted while the bytes came in.
	const asset = assets.live(id);
	const fits = checksum === null || received.sha256 === checksum;
	const fixed = asset?.readyMs != null && asset.sha256 !== received.sha256;
	if (asset && fits && !fixed) {
		await assets.take(asset, received);
		return new Response(null, { status: 200 });
	}
	await assets.files.drop(received);
	if (!asset) return noSuchKey();
	return fits
		? refusal(403, "AccessDenied", "The asset is complete: its bytes do not change any more.")
		: refusal(400, "BadDigest", "The SHA-256 of the bytes is not the one that was signed.");
}

function signatureDoesNotMatch(reason: string): Response {
	return refusal(403, "SignatureDoesNotMatch", `The signature does not fit: ${reason}.`);
}
