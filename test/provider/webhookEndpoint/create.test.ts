import assert from "node:assert/strict";
import { check } from "../../../provider/webhookEndpoint/check.ts";
import { create } from "../../../provider/webhookEndpoint/create.ts";
import { remove } from "../../../provider/webhookEndpoint/delete.ts";
import { diff } from "../../../provider/webhookEndpoint/diff.ts";
import { INPUTS, service, URN } from "./support.ts";

const ROTATE = "POST /v3/webhooks/endpoints/{id}/rotate-secret";

describe("registering a webhook endpoint", () => {
	const at = service();
	const ids = () => at.emulator.control.webhookEndpoints().map(({ id }) => id);
	const keys = () => at.emulator.control.requests().flatMap(({ idempotencyKey }) => idempotencyKey ?? []);

	it("ends with the endpoint, its secret and what HeyGen says of it", async () => {
		const inputs = { ...INPUTS, entityId: "e1", secretVersion: 1 };
		const context = at.run();
		const saved = await create(inputs, context);
		const { secret, createdAt, status, account, stateVersion, ...asked } = saved.state;
		assert.deepEqual(asked, inputs);
		assert.match(String(createdAt), /^\d{4}-\d\d-\d\dT.*Z$/);
		assert.deepEqual([status, typeof account, stateVersion], ["enabled", "string", 1]);
		assert.match(String(secret), /^whsec_/);
		await at.assertLive(saved);
		const [only] = at.emulator.control.webhookEndpoints();
		assert.deepEqual(
			[only?.id, only?.url, only?.events, only?.entityId],
			[saved.id, INPUTS["url"], INPUTS["events"], "e1"],
		);
		assert.deepEqual(context.notes, []);
	});

	it("asks for all events by leaving them out", async () => {
		await create({ url: INPUTS["url"] }, at.run());
		assert.equal(at.emulator.control.webhookEndpoints()[0]?.events, null);
	});

	it("under the same key in every run, whatever can be changed in place, and another one for another entity", async () => {
		const key = async (inputs: object, keyScope = "") => {
			const run = at.run();
			const context = { ...run, settings: { ...run.settings, keyScope } };
			const { id, state } = await create({ ...INPUTS, ...inputs }, context);
			const [made] = keys().slice(-1);
			await remove(id, state, at.run());
			at.emulator.control.clock.advance(48 * 3600);
			return made;
		};
		const events = ["avatar_video.success", "avatar_video.fail"];
		const first = await key({ events });
		assert.equal(first, "pulumi-heygen:2243555ee82bb6ef1172532fb1104218befab0fd");
		assert.equal(await key({ events: undefined }), first);
		assert.equal(await key({ events, url: "https://hooks.example.com/2" }), first);
		assert.notEqual(await key({ events, entityId: "e1" }), first);
		assert.notEqual(await key({ events }, "blue"), first);
	});

	it("leaves one endpoint when every answer was lost, and gives it a new secret", async () => {
		const { control } = at.emulator;
		control.intercept({ method: "POST", route: "/v3/webhooks/endpoints", times: 5, action: "lose-answer" });
		await assert.rejects(
			create(INPUTS, at.run()),
			/no clear answer and may have been done.*within 24\s+hours/s,
		);
		control.clock.advance(60);
		const context = at.run();
		const saved = await create(INPUTS, context);
		assert.deepEqual(ids(), [saved.id]);
		assert.match(
			context.notes.join(),
			/Took over webhook endpoint [0-9a-f]{32}, which an earlier run registered/,
		);
		await at.assertLive(saved);
	});

	it("leaves one endpoint when its URL and events are edited after an interrupted run", async () => {
		const { control } = at.emulator;
		control.intercept({ method: "POST", route: "/v3/webhooks/endpoints", times: 5, action: "lose-answer" });
		await assert.rejects(create(INPUTS, at.run()));
		const edited = { url: "https://hooks.example.com/2", events: ["avatar_video.fail"] };
		const saved = await create(edited, at.run());
		const [only, ...more] = control.webhookEndpoints();
		assert.deepEqual([only?.id, only?.url, only?.events, more], [saved.id, edited.url, edited.events, []]);
		await at.assertLive(saved);
	});

	it("makes no second one however long the list does not show the first", async () => {
		const action = { status: 200, text: '{ "data": [], "has_more": false }' };
		at.emulator.control.intercept({
			method: "GET",
			route: "/v3/webhooks/endpoints",
			times: Number.POSITIVE_INFINITY,
			action,
		});
		const saved = await create(INPUTS, at.run());
		assert.deepEqual(ids(), [saved.id]);
	});

	it("makes another one when the first was deleted a moment ago", async () => {
		const first = await create(INPUTS, at.run());
		await remove(first.id, first.state, at.run());
		const second = await create(INPUTS, at.run());
		assert.deepEqual(ids(), [second.id]);
	});

	it("is done when a lost answer comes with a later try", async () => {
		at.emulator.control.intercept({
			method: "POST",
			route: "/v3/webhooks/endpoints",
			times: 2,
			action: "lose-answer",
		});
		const context = at.run();
		const saved = await create(INPUTS, context);
		assert.deepEqual([ids(), context.notes], [[saved.id], []]);
		await at.assertLive(saved);
	});

	it("makes another one when the first was deleted within 24 hours", async () => {
		const made = [];
		for (let round = 0; round < 3; round++) {
			const saved = await create(INPUTS, at.run());
			made.push(saved.id);
			assert.deepEqual(ids(), [saved.id]);
			await remove(saved.id, saved.state, at.run());
			at.emulator.control.clock.advance(60);
		}
		assert.equal(new Set(made).size, 3);
		assert.ok(!at.calls().includes(ROTATE));
	});

	it("stops when the keys of 24 hours are used up", async () => {
		for (let round = 0; round < 24; round++) {
			const { id, state } = await create(INPUTS, at.run());
			await remove(id, state, at.run());
			at.emulator.control.clock.advance(60);
		}
		await assert.rejects(create(INPUTS, at.run()), /24 webhook endpoints .* were deleted within 24 hours/);
		assert.deepEqual(ids(), []);
	});

	it("waits for a new one that the list does not show yet", async () => {
		const action = { status: 200, text: '{ "data": [], "has_more": false }' };
		at.emulator.control.intercept({ method: "GET", route: "/v3/webhooks/endpoints", times: 3, action });
		const saved = await create(INPUTS, at.run());
		assert.deepEqual(ids(), [saved.id]);
	});

	it("does not lose a new one because the list cannot be read", async () => {
		at.emulator.control.intercept({
			method: "GET",
			route: "/v3/webhooks/endpoints",
			action: { status: 403 },
		});
		const saved = await create(INPUTS, at.run());
		assert.deepEqual(ids(), [saved.id]);
		await at.assertLive(saved);
	});

	it("brings one that was changed since in line again, also when its secret was replaced", async () => {
		const first = await create(INPUTS, at.run());
		const { heygen } = at.run();
		await heygen().updateWebhookEndpoint(first.id, { url: "https://else.example.com", events: null });
		await heygen().rotateWebhookSecret(first.id, "by-someone");
		at.emulator.control.clock.advance(60);
		const again = await create(INPUTS, at.run());
		const [only] = at.emulator.control.webhookEndpoints();
		assert.deepEqual([again.id, only?.url, only?.events], [first.id, INPUTS["url"], INPUTS["events"]]);
		assert.notEqual(again.state.secret, first.state.secret);
		await at.assertLive(again);
	});

	it("keeps what it took over when the same run is told to delete it", async () => {
		const first = await create(INPUTS, at.run());
		at.emulator.control.clock.advance(60);
		const run = at.run();
		check(INPUTS, undefined, run);
		const again = await create(INPUTS, run);
		await remove(first.id, first.state, run);
		assert.deepEqual([again.id, ids()], [first.id, [first.id]]);
		assert.match(run.notes.join(), /is kept at HeyGen: the stack still uses it/);
	});

	it("leaves the one alone that a renamed resource holds, whose old name another resource has now", async () => {
		const renamed = await create(INPUTS, at.run());
		at.emulator.control.clock.advance(60);
		const run = at.run();
		const other = { ...run, urn: `${URN}-renamed` };
		check(INPUTS, INPUTS, other);
		diff(renamed.id, renamed.state, INPUTS, other);
		const saved = await create({ ...INPUTS, url: "https://else.example.com" }, run);
		assert.notEqual(saved.id, renamed.id);
		assert.deepEqual(
			at.emulator.control.webhookEndpoints().map(({ id, url }) => [id, url]),
			[
				[renamed.id, INPUTS["url"]],
				[saved.id, "https://else.example.com"],
			],
		);
		assert.ok(!at.calls().includes(ROTATE), "the renamed resource's secret is good still");
	});

	it("names other endpoints of the same URL", async () => {
		const other = await at.byHand();
		const run = at.run();
		await create(INPUTS, run);
		assert.match(run.notes.join(), new RegExp(`also delivers to this URL by webhook endpoint ${other}\\.`));
	});

	it("does not name the one that it replaces", async () => {
		const old = await create(INPUTS, at.run());
		const run = at.run();
		const inputs = { ...INPUTS, entityId: "e2" };
		check(inputs, INPUTS, run);
		diff(old.id, old.state, inputs, run);
		const next = await create(inputs, run);
		assert.deepEqual([run.notes, ids()], [[], [old.id, next.id]]);
	});

	it("says which endpoint there is when HeyGen refuses a second one", async () => {
		const other = await at.byHand();
		at.emulator.control.intercept({
			method: "POST",
			route: "/v3/webhooks/endpoints",
			action: { status: 409, code: "conflict" },
		});
		await assert.rejects(create(INPUTS, at.run()), new RegExp(`set adoptEndpointId: "${other}"`));
	});

	it("tells HeyGen's refusal by the input's name", async () => {
		const action = { status: 400, message: "is not an id", param: "entity_id" };
		at.emulator.control.intercept({ method: "POST", route: "/v3/webhooks/endpoints", action });
		await assert.rejects(create(INPUTS, at.run()), /was not registered\. entityId: .*is not an id/);
	});
});
