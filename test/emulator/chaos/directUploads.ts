import assert from "node:assert/strict";
import { pngOf } from "../../support/samples.ts";
import { at } from "../support.ts";
import { put, sha256, startUpload } from "../uploads.ts";
import type { DirectUpload } from "./model.ts";
import { keepId, newThing, type Round } from "./round.ts";

const DIRECT_BYTES = 50_000;

export function newDirect(round: Round): DirectUpload {
	return newThing(round, round.model.directUploads, {
		link: undefined,
		headers: {},
		possible: [null],
		completion: "none",
		busy: false,
	});
}

export async function start({ client, answered, count }: Round, asset: DirectUpload): Promise<void> {
	const bytes = pngOf(DIRECT_BYTES);
	const answer = await answered(startUpload(client, bytes, { key: asset.key, checksum_sha256: null }));
	if (!answer || !keepId(asset, answer, "asset_id")) return;
	asset.link = String(at(answer.body, "data", "upload_url"));
	asset.headers = Object(at(answer.body, "data", "upload_headers"));
	count("direct uploads started");
}

export async function sendBytes({ url, random, answered, count }: Round, asset: DirectUpload): Promise<void> {
	if (asset.completion !== "none" || asset.link === undefined) return;
	const bytes = pngOf(DIRECT_BYTES, random.below(256));
	const hash = sha256(bytes);
	asset.possible.push(hash);
	const { pathname, search } = new URL(asset.link);
	const link = url + pathname + search;
	const target = { asset_id: "", upload_url: link, upload_headers: asset.headers };
	const status = await answered(put(target, bytes));
	if (status === undefined) return;
	assert.equal(status, 200);
	asset.possible = [hash];
	count("direct uploads sent");
}

export async function complete({ client, answered, count }: Round, asset: DirectUpload): Promise<void> {
	if (asset.completion === "none") asset.completion = "tried";
	const answer = await answered(client.call("POST", `/v3/assets/${asset.id}/complete`, {}));
	if (!answer) return;
	if (answer.status === 409 && asset.possible.includes(null)) {
		asset.completion = "none";
		return;
	}
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	asset.completion = "done";
	count("direct uploads completed");
}
