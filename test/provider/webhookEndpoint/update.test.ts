import assert from "node:assert/strict";
import { KNOWN_EVENT_TYPES } from "../../../heygen/schemas/webhookEndpoint.ts";
import { type Saved, Unfinished, type Values } from "../../../provider/lifecycle.ts";
import { create } from "../../../provider/webhookEndpoint/create.ts";
import { remove } from "../../../provider/webhookEndpoint/delete.ts";
import { diff } from "../../../provider/webhookEndpoint/diff.ts";
import { read } from "../../../provider/webhookEndpoint/read.ts";
import type { EndpointState } from "../../../provider/webhookEndpoint/state.ts";
import { update } from "../../../provider/webhookEndpoint/update.ts";
import { INPUTS, service } from "./support.ts";

const PATCH = "PATCH /v3/webhooks/endpoints/{id}";
const ROTATION = { method: "POST", route: "/v3/webhooks/endpoints/{id}/rotate-secret" };
type Made = Saved<EndpointState>;

describe("changing a webhook endpoint", () => {
	const at = service();
	const only = () => at.emulator.control.webhookEndpoints()[0];
	const changed = async ({ id, state }: Made, inputs: Values, run = at.run()): Promise<Made> => ({
		id,
		state: await update(id, state, inputs, run),
	});
	const unfinished = async ({ id, state }: Made, inputs: Values): Promise<Unfinished<EndpointState>> => {
		const error = await update(id, state, inputs, at.run()).catch((thrown: unknown) => thrown);
		assert.ok(error instanceof Unfinished, String(error));
		return error;
	};
	const isSettled = ({ id, state }: Made, inputs: Values) => !diff(id, state, inputs, at.run()).changed;

	it("sends what differs, in one request, and keeps the secret", async () => {
		const made = await create(INPUTS, at.run());
		const inputs = { url: "https://hooks.example.com/v2", events: ["avatar_video.fail"] };
		const after = await changed(made, inputs);
		assert.deepEqual([only()?.url, only()?.events], [inputs.url, inputs.events]);
		assert.deepEqual(at.calls().slice(1), [PATCH]);
		assert.equal(after.state.secret, made.state.secret);
		await at.assertLive(after);
		assert.ok(isSettled(after, inputs));
	});

	it("sets all events", async () => {
		const after = await changed(await create(INPUTS, at.run()), { url: INPUTS["url"] });
		assert.deepEqual([only()?.events, after.state["events"]], [null, undefined]);
		assert.deepEqual(at.calls().slice(1), [PATCH]);
	});

	for (const [name, prepare] of [
		[
			"takes null for no change",
			() => Object.assign(at.emulator.control.settings, { webhookEventsNull: "leave" }),
		],
		["refuses null", () => at.emulator.control.intercept({ method: "PATCH", action: { status: 400 } })],
	] as const) {
		it(`names every event type where HeyGen ${name}, and says so`, async () => {
			const made = await create(INPUTS, at.run());
			prepare();
			const run = at.run();
			const inputs = { url: "https://hooks.example.com/all" };
			const after = await changed(made, inputs, run);
			assert.deepEqual([...(only()?.events ?? [])].sort(), [...KNOWN_EVENT_TYPES].sort());
			assert.equal(only()?.url, inputs.url);
			assert.match(run.notes.join(), /is set to the 30 event types of today/);
			const refreshed = await read(after.id, after.state, at.run());
			assert.ok(refreshed !== undefined && isSettled(refreshed, inputs));
		});
	}

	it("makes a new secret for each new version, also for one that comes back", async () => {
		let saved = await create({ ...INPUTS, secretVersion: 1 }, at.run());
		const secrets = new Set([saved.state.secret]);
		for (const secretVersion of [2, 1, 2]) {
			saved = await changed(saved, { ...INPUTS, secretVersion });
			secrets.add(saved.state.secret);
			await at.assertLive(saved);
			assert.ok(isSettled(saved, { ...INPUTS, secretVersion }));
		}
		assert.equal(secrets.size, 4);
	});

	it("goes on with the secret when the run ended after the rest was changed", async () => {
		const made = await create(INPUTS, at.run());
		const inputs = { ...INPUTS, url: "https://hooks.example.com/v2", secretVersion: 2 };
		at.emulator.control.intercept({ ...ROTATION, action: { status: 403, code: "forbidden" } });
		const { message, saved } = await unfinished(made, inputs);
		assert.match(message, /The secret of webhook endpoint [0-9a-f]{32} was not changed: .*403 forbidden/);
		assert.equal(saved.state.secret, made.state.secret, "the old one still holds");
		assert.ok(!isSettled(saved, inputs));
		const after = await changed(saved, inputs);
		await at.assertLive(after);
		assert.ok(isSettled(after, inputs));
		assert.equal(at.calls().filter((call) => call === PATCH).length, 1);
	});

	it("forgets a secret that may have ended, so that the next run makes one whatever its inputs", async () => {
		const made = await create(INPUTS, at.run());
		at.emulator.control.intercept({ ...ROTATION, times: 5, action: "lose-answer" });
		const { message, saved } = await unfinished(made, { ...INPUTS, secretVersion: 2 });
		assert.match(message, /is not clear: .*Run `pulumi up` again to make one/);
		assert.equal(saved.state.secret, undefined);
		assert.ok(!isSettled(saved, INPUTS), "also back at the old version");
		const after = await changed(saved, INPUTS);
		await at.assertLive(after);
	});

	it("keeps the endpoint from a delete of the same run", async () => {
		const made = await create(INPUTS, at.run());
		const run = at.run();
		await changed(made, { ...INPUTS, secretVersion: 2 }, run);
		await remove(made.id, made.state, run);
		assert.equal(only()?.id, made.id);
	});

	it("says that the endpoint is gone, and leads to another one", async () => {
		const made = await create(INPUTS, at.run());
		await at.run().heygen().deleteWebhookEndpoint(made.id);
		const inputs = { ...INPUTS, url: "https://hooks.example.com/v2" };
		const { message, saved } = await unfinished(made, inputs);
		assert.match(message, /was deleted at HeyGen\. The next `pulumi up` registers it anew/);
		assert.deepEqual(diff(saved.id, saved.state, inputs, at.run()).replaces, ["status"]);
	});

	it("does not take another call's 404 for an endpoint that is gone", async () => {
		const made = await create(INPUTS, at.run());
		Object.assign(at.emulator.control.settings, { webhookEventsNull: "leave" });
		at.emulator.control.intercept({ route: "/v3/webhooks/event-types", action: { status: 404 } });
		await assert.rejects(
			update(made.id, made.state, { url: INPUTS["url"] }, at.run()),
			/event-types answered 404/,
		);
	});
});

describe("reading a webhook endpoint", () => {
	const accounts = ["me", "you"].map((username) => ({
		username,
		apiKey: `key-of-${username}`,
		balanceUsd: 10,
	}));
	const at = service({ accounts });
	const elsewhere = (id: string, change: object) => at.run().heygen().updateWebhookEndpoint(id, change);
	const again = async ({ id, state }: Made) => (await read(id, state, at.run()))?.state;

	it("finds it as it was left, secret and entity included, on whichever page", async () => {
		const made = await create({ ...INPUTS, entityId: "e1", secretVersion: 1 }, at.run());
		for (let count = 0; count < 101; count++) await at.byHand();
		assert.deepEqual(await again(made), made.state);
	});

	it("shows what was changed by hand, which the next update puts right", async () => {
		const made = await create(INPUTS, at.run());
		await elsewhere(made.id, { url: "https://else.example.com", events: null });
		const state = await again(made);
		assert.deepEqual([state?.["url"], state?.["events"]], ["https://else.example.com", undefined]);
		const after = await update(made.id, state ?? {}, INPUTS, at.run());
		assert.deepEqual(after, made.state);
	});

	it("takes another order of events and another spelling of the URL for no change", async () => {
		const events = ["avatar_video.success", "avatar_video.fail"];
		const made = await create({ url: "https://hooks.example.com", events }, at.run());
		await elsewhere(made.id, { url: "https://hooks.example.com/", events: [...events].reverse() });
		assert.deepEqual(await again(made), made.state);
	});

	it("shows a list that lacks an event type where all are wanted", async () => {
		const made = await create({ url: INPUTS["url"] }, at.run());
		await elsewhere(made.id, { events: KNOWN_EVENT_TYPES.slice(1) });
		assert.deepEqual((await again(made))?.["events"], KNOWN_EVENT_TYPES.slice(1));
		await elsewhere(made.id, { events: [...KNOWN_EVENT_TYPES].reverse() });
		assert.equal((await again(made))?.["events"], undefined);
	});

	it("warns of one that HeyGen has disabled, when it sees that first", async () => {
		const made = await create(INPUTS, at.run());
		const data = [
			{ endpoint_id: made.id, ...INPUTS, status: "disabled", created_at: made.state["createdAt"] },
		];
		const action = { status: 200, text: JSON.stringify({ data }) };
		at.emulator.control.intercept({ method: "GET", route: "/v3/webhooks/endpoints", times: 2, action });
		const [first, second] = [at.run(), at.run()];
		const state = (await read(made.id, made.state, first))?.state;
		assert.equal(state?.status, "disabled");
		await read(made.id, state, second);
		assert.match(first.warnings.join(), /is disabled at HeyGen, whose API cannot enable it/);
		assert.deepEqual(second.warnings, []);
	});

	it("starts from an id alone, without the secret", async () => {
		const id = await at.byHand();
		const state = (await read(id, {}, at.run()))?.state;
		assert.deepEqual(
			[state?.["url"], state?.["events"], state?.account],
			[INPUTS["url"], INPUTS["events"], "me"],
		);
		assert.equal(state?.secret, undefined);
	});

	it("finds none that was deleted, while a key of another account stops every call", async () => {
		const { id, state } = await create(INPUTS, at.run());
		const other = /belongs to the HeyGen account "me", but the API key is of "you"/;
		const you = () => at.run("key-of-you");
		await assert.rejects(read(id, state, you()), other);
		await assert.rejects(update(id, state, { ...INPUTS, secretVersion: 2 }, you()), other);
		await assert.rejects(remove(id, state, you()), other);
		await remove(id, state, at.run());
		assert.equal(await read(id, state, at.run()), undefined);
		await remove(id, state, at.run());
	});
});
