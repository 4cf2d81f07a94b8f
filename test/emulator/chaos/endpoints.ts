import assert from "node:assert/strict";
import type { Endpoint } from "./model.ts";
import { keepId, newThing, type Round, remove } from "./round.ts";

const ENDPOINTS = "/v3/webhooks/endpoints";
const MOST_ENDPOINTS = 3;

export async function createEndpoint(round: Round): Promise<void> {
	const { client, model, receiver, answered, count } = round;
	if (model.endpoints.filter(({ deletion }) => deletion !== "done").length >= MOST_ENDPOINTS) return;
	const url = `${receiver}/${model.endpoints.length}`;
	const endpoint = newThing(round, model.endpoints, { possible: [url], busy: false });
	const headers = { "idempotency-key": endpoint.key };
	const answer = await answered(client.call("POST", ENDPOINTS, { url }, headers));
	if (answer && keepId(endpoint, answer, "endpoint_id")) count("endpoints created");
}

export async function changeEndpoint(round: Round, endpoint: Endpoint): Promise<void> {
	const { client, random, receiver, answered, count } = round;
	const url = `${receiver}/changed-${random.below(1000)}`;
	endpoint.possible.push(url);
	const answer = await answered(client.call("PATCH", `${ENDPOINTS}/${endpoint.id}`, { url }));
	if (!answer) return;
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	endpoint.possible = [url];
	count("endpoints changed");
}

export function removeEndpoint(round: Round, endpoint: Endpoint): Promise<void> {
	return remove(round, [endpoint], ENDPOINTS, "endpoints deleted");
}
