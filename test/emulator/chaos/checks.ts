import assert from "node:assert/strict";
import pLimit from "p-limit";
import type { ControlAsset, ControlEndpoint, ControlVideo } from "../../../emulator/index.ts";
import { at } from "../support.ts";
import { sha256 } from "../uploads.ts";
import { submit, upload } from "./actions.ts";
import { isThere, type Thing } from "./model.ts";
import type { Round } from "./round.ts";

/** How many of the older things are looked at beside those of the last round. */
const SAMPLE = 10;
const AT_ONCE = 8;

/** What the emulator's control tells after a start. */
export interface Listed {
	readonly videos: readonly ControlVideo[];
	readonly assets: readonly ControlAsset[];
	readonly endpoints: readonly ControlEndpoint[];
}

export async function listAll(round: Round): Promise<Listed> {
	return {
		videos: await controlList<ControlVideo>(round, "videos"),
		assets: await controlList<ControlAsset>(round, "assets"),
		endpoints: await controlList<ControlEndpoint>(round, "webhook-endpoints"),
	};
}

export async function checkVideos(round: Round, { videos: listed }: Listed): Promise<void> {
	const { client, model, count } = round;
	const byKey = Map.groupBy(listed, ({ idempotencyKey }) => idempotencyKey);
	const tried = new Set(model.videos.map(({ key }) => key));
	for (const [key, videos] of byKey) {
		assert(tried.has(key ?? ""), `nobody asked for ${key}`);
		assert.equal(videos.length, 1, `${key} was charged ${videos.length} times`);
	}
	const { paid, accepted } = Object((await client.get("/_emulator/renders")).body);
	assert.deepEqual({ paid, accepted }, { paid: listed.length, accepted: listed.length });

	for (const video of model.videos) {
		const [found] = byKey.get(video.key) ?? [];
		if (video.id === undefined && found) count("submits charged without an answer");
		if (video.id !== undefined) assert.equal(found?.id, video.id, `${video.key} lost its video`);
		if (found) settleDeletion(video, found.deleted);
	}
	await eachOf(recent(round, model.videos), async (video) => {
		await submit(round, video);
		const { status } = await client.get(`/v3/videos/${video.id}`);
		assert.equal(status, video.deletion === "done" ? 404 : 200, `${video.id}: ${video.deletion}`);
		count("keys replayed");
	});
}

export async function checkAssets(round: Round, { assets: listed }: Listed): Promise<void> {
	const { model, count } = round;
	const byName = Map.groupBy(
		listed.filter(({ how }) => how === "multipart"),
		({ name }) => name,
	);
	for (const [name, assets] of byName)
		assert.equal(assets.length, 1, `${name} is there ${assets.length} times`);
	for (const asset of model.uploads) {
		const [found] = byName.get(`${asset.key}.png`) ?? [];
		if (asset.id !== undefined) assert.equal(found?.id, asset.id, `${asset.key} lost its asset`);
		if (!found) continue;
		assert.equal(found.sha256, asset.sha256);
		settleDeletion(asset, found.deleted);
	}
	await eachOf(recent(round, model.uploads), async (asset) => {
		await upload(round, asset);
		if (isThere(asset)) await checkBytes(round, asset, asset.sha256);
		else assert.equal((await round.client.get(`/v3/assets/${asset.id}`)).status, 404);
		count("keys replayed");
	});
}

export async function checkDirectUploads(round: Round, { assets }: Listed): Promise<void> {
	const { model } = round;
	const byId = new Map(assets.map((asset) => [asset.id, asset]));
	for (const asset of model.directUploads.filter(isThere)) {
		const found = byId.get(asset.id ?? "");
		assert(found, `${asset.key} lost its asset`);
		assert(asset.possible.includes(found.sha256), `${asset.key} has bytes that nobody sent`);
		asset.possible = [found.sha256];
		const completed = found.status === "completed";
		if (asset.completion !== "tried") assert.equal(completed, asset.completion === "done", asset.key);
		asset.completion = completed ? "done" : "none";
		asset.busy = false;
	}
	await eachOf(recent(round, model.directUploads.filter(isThere)), async (asset) => {
		const [hash] = asset.possible;
		if (asset.completion === "done" && hash) await checkBytes(round, asset, hash);
	});
}

export async function checkEndpoints(round: Round, { endpoints }: Listed): Promise<void> {
	const { client, model } = round;
	const byId = new Map(endpoints.map((each) => [each.id, each]));
	for (const endpoint of model.endpoints) {
		endpoint.busy = false;
		if (endpoint.id === undefined) {
			const headers = { "idempotency-key": endpoint.key };
			const answer = await client.call(
				"POST",
				"/v3/webhooks/endpoints",
				{ url: endpoint.possible[0] },
				headers,
			);
			assert.equal(answer.status, 200);
			endpoint.id = String(at(answer.body, "data", "endpoint_id"));
			continue;
		}
		const found = byId.get(endpoint.id);
		if (endpoint.deletion === "none") assert(found, `${endpoint.key} lost its endpoint`);
		settleDeletion(endpoint, found === undefined);
		if (!found) continue;
		assert(endpoint.possible.includes(found.url), `${endpoint.key} has a URL that nobody set: ${found.url}`);
		endpoint.possible = [found.url];
	}
	const known = new Set(model.endpoints.map(({ id }) => id));
	for (const id of byId.keys()) assert(known.has(id), `nobody knows the endpoint ${id}`);
}

/** After a start it is certain which deletions have happened; one that was acknowledged has. */
function settleDeletion(thing: Thing, deleted: boolean): void {
	if (thing.deletion !== "tried")
		assert.equal(deleted, thing.deletion === "done", `${thing.key}: ${thing.id}`);
	thing.deletion = deleted ? "done" : "none";
}

async function checkBytes({ client, count }: Round, { id }: Thing, hash: string): Promise<void> {
	const { body } = await client.get(`/v3/assets/${id}`);
	const bytes = await (await fetch(String(at(body, "data", "url")))).arrayBuffer();
	assert.equal(sha256(Buffer.from(bytes)), hash, `the bytes of ${id} are not whole`);
	count("assets read back");
}

async function eachOf<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
	await pLimit(AT_ONCE).map(list, work);
}

/** All that the last round touched, and some of the others. */
function recent<T extends Thing>({ model, random }: Round, list: readonly T[]): T[] {
	const of = Map.groupBy(list, ({ round }) => round >= model.round - 1);
	return [...(of.get(true) ?? []), ...random.sample(of.get(false) ?? [], SAMPLE)];
}

async function controlList<T>({ client }: Round, name: string): Promise<T[]> {
	const { body } = await client.get(`/_emulator/${name}`);
	assert(Array.isArray(body), JSON.stringify(body));
	return body;
}
