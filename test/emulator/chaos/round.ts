import assert from "node:assert/strict";
import { type Answer, at, type clientOf } from "../support.ts";
import { isThere, type Model, type Thing } from "./model.ts";
import type { Random } from "./random.ts";

/** Where the actions of one round go, and what they know. */
export interface Round {
	readonly client: ReturnType<typeof clientOf>;
	readonly model: Model;
	readonly random: Random;
	/** The emulator's address, which changes with each start. */
	readonly url: string;
	/** Where webhooks are received. */
	readonly receiver: string;
	/** Counts something that was acknowledged. */
	count(what: string, times?: number): void;
	/** The answer, or undefined when the emulator was killed before it came. Fails when it was not. */
	answered<T>(asked: Promise<T>): Promise<T | undefined>;
}

export function newThing<T extends Thing>({ model }: Round, list: T[], more: Omit<T, keyof Thing>): T {
	const common: Thing = { key: `key-${list.length}`, round: model.round, id: undefined, deletion: "none" };
	const thing = { ...common, ...more } as T;
	list.push(thing);
	return thing;
}

/** The id of an accepted request, which a thing keeps for good; undefined when another request with its key is under way. */
export function keepId(thing: Thing, answer: Answer, field: string): boolean {
	if (answer.status === 409) return false;
	const id = at(answer.body, "data", field);
	assert(answer.status === 200 && typeof id === "string", `${thing.key}: ${JSON.stringify(answer.body)}`);
	assert.equal(id, thing.id ?? id, `${thing.key} has another id than before`);
	thing.id = id;
	return true;
}

/** One step of a thing that takes one at a time. */
export async function whenIdle<T extends Thing & { busy: boolean }>(
	round: Round,
	list: readonly T[],
	step: (round: Round, thing: T) => Promise<void>,
): Promise<void> {
	const thing = round.random.pick(list.filter((each) => isThere(each) && !each.busy));
	if (!thing) return;
	thing.busy = true;
	thing.round = round.model.round;
	try {
		await step(round, thing);
	} finally {
		thing.busy = false;
	}
}

/** Deletes one of those that are there. */
export async function remove(
	{ client, model, random, answered, count }: Round,
	list: readonly Thing[],
	path: string,
	what: string,
): Promise<void> {
	const thing = random.pick(list.filter(isThere));
	if (!thing) return;
	thing.deletion = "tried";
	thing.round = model.round;
	const answer = await answered(client.delete(`${path}/${thing.id}`));
	if (!answer) return;
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	thing.deletion = "done";
	count(what);
}
