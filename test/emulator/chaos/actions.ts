import assert from "node:assert/strict";
import { pngOf } from "../../support/samples.ts";
import { at } from "../support.ts";
import { sha256 } from "../uploads.ts";
import { complete, newDirect, sendBytes, start } from "./directUploads.ts";
import { changeEndpoint, createEndpoint, removeEndpoint } from "./endpoints.ts";
import { isThere, type Thing, type Upload, type Video } from "./model.ts";
import { keepId, newThing, type Round, remove, whenIdle } from "./round.ts";
import { checkWhole, FILE_FIELDS } from "./wholeFile.ts";

type Action = (round: Round) => Promise<void>;

/** What a user does, the more often the higher its weight. */
const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
	[30, (round) => submit(round, newThing(round, round.model.videos, { files: new Map() }))],
	[10, (round) => again(round, round.model.videos, submit)],
	[8, (round) => remove(round, round.model.videos, "/v3/videos", "videos deleted")],
	[10, (round) => upload(round, newUpload(round))],
	[4, (round) => again(round, round.model.uploads, upload)],
	[4, (round) => remove(round, round.model.uploads, "/v3/assets", "assets deleted")],
	[5, (round) => start(round, newDirect(round))],
	[8, (round) => whenIdle(round, round.model.directUploads, sendBytes)],
	[4, (round) => whenIdle(round, round.model.directUploads, complete)],
	[3, createEndpoint],
	[3, (round) => whenIdle(round, round.model.endpoints, changeEndpoint)],
	[2, (round) => whenIdle(round, round.model.endpoints, removeEndpoint)],
	[10, download],
];
const TOTAL = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

export async function doSomething(round: Round): Promise<void> {
	let left = round.random.below(TOTAL);
	for (const [weight, action] of ACTIONS) {
		left -= weight;
		if (left < 0) return action(round);
	}
}

export async function submit({ client, model, answered, count }: Round, video: Video): Promise<void> {
	video.round = model.round;
	const answer = await answered(
		client.submit({ title: video.key, duration: 4, aspect_ratio: "1:1" }, video.key),
	);
	if (answer && keepId(video, answer, "video_id")) count("submits answered");
}

function newUpload(round: Round) {
	const bytes = pngOf(1000 + round.random.below(200_000), round.random.below(256));
	return newThing(round, round.model.uploads, { bytes, sha256: sha256(bytes) });
}

export async function upload({ client, model, answered, count }: Round, asset: Upload): Promise<void> {
	asset.round = model.round;
	const options = { name: `${asset.key}.png`, idempotencyKey: asset.key };
	const answer = await answered(client.upload(asset.bytes, options));
	if (answer && keepId(asset, answer, "asset_id")) count("uploads answered");
}

async function again<T extends Thing>(
	round: Round,
	list: T[],
	action: (round: Round, thing: T) => Promise<void>,
) {
	const thing = round.random.pick(list);
	if (thing) await action(round, thing);
}

async function download({ client, model, random, answered, count }: Round): Promise<void> {
	const video = random.pick(model.videos.filter(isThere));
	const field = random.pick(FILE_FIELDS);
	if (!video || !field) return;
	const link = await answered(client.get(`/v3/videos/${video.id}`));
	const url = at(link?.body, "data", field);
	if (typeof url !== "string") return;
	const answer = await answered(fetch(url).then(async (file) => ({ file, bytes: await file.arrayBuffer() })));
	if (!answer) return;
	// It may be deleted meanwhile.
	if (answer.file.status === 404 && video.deletion !== "none") return;
	assert.equal(answer.file.status, 200);
	const bytes = Buffer.from(answer.bytes);
	checkWhole(field, bytes);
	const hash = sha256(bytes);
	assert.equal(hash, video.files.get(field) ?? hash, `${field} of ${video.id} has changed`);
	video.files.set(field, hash);
	count("files downloaded");
}
