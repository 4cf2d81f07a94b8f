import assert from "node:assert/strict";
import { check } from "../../../provider/webhookEndpoint/check.ts";
import { create } from "../../../provider/webhookEndpoint/create.ts";
import { diff } from "../../../provider/webhookEndpoint/diff.ts";
import { INPUTS, service, URN } from "./support.ts";

const ROTATE = "POST /v3/webhooks/endpoints/{id}/rotate-secret";

describe("adopting a webhook endpoint", () => {
	const at = service();

	it("sets it as asked, replaces its secret and says so", async () => {
		const id = await at.byHand({ url: "https://else.example.com" });
		const context = at.run();
		const saved = await create({ ...INPUTS, adoptEndpointId: id }, context);
		const [only] = at.emulator.control.webhookEndpoints();
		assert.deepEqual([saved.id, only?.url, only?.events], [id, INPUTS["url"], INPUTS["events"]]);
		await at.assertLive(saved);
		assert.match(context.notes.join(), /Took over webhook endpoint .* with a new secret.*That one has ended/);
	});

	it("changes nothing else of one that is as asked", async () => {
		const id = await at.byHand();
		await create({ ...INPUTS, adoptEndpointId: id }, at.run());
		assert.deepEqual(at.calls().slice(1), [ROTATE]);
	});

	it("happens once: for another entity a new one is registered", async () => {
		const id = await at.byHand();
		const inputs = { ...INPUTS, adoptEndpointId: id };
		const adopted = await create(inputs, at.run());
		const run = at.run();
		const next = { ...inputs, entityId: "e2" };
		check(next, inputs, run);
		diff(id, adopted.state, next, run);
		assert.notEqual((await create(next, run)).id, id);
	});

	it("is refused for one that another resource of the stack holds, whose secret would end", async () => {
		const holder = await create(INPUTS, at.run());
		const run = at.run();
		const other = { ...run, urn: `${URN}-other` };
		check(INPUTS, INPUTS, other);
		diff(holder.id, holder.state, INPUTS, other);
		const inputs = { ...INPUTS, adoptEndpointId: holder.id };
		const { problems } = check(inputs, undefined, run);
		assert.match(problems[0]?.reason ?? "", /is held by the resource "renders-other" of this stack/);
		await assert.rejects(create(inputs, run), /adoptEndpointId: .* is held by the resource "renders-other"/);
		assert.ok(!at.calls().includes(ROTATE));
	});

	it("is done by one of two that ask for the same endpoint at once", async () => {
		const id = await at.byHand();
		const run = at.run();
		const inputs = { ...INPUTS, adoptEndpointId: id };
		const both = [run, { ...run, urn: `${URN}-other` }].map((context) => create(inputs, context));
		const ends = await Promise.allSettled(both);
		assert.deepEqual(ends.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
		assert.equal(at.calls().filter((call) => call === ROTATE).length, 1);
	});

	it("is refused when the account has no such endpoint", async () => {
		const run = create({ ...INPUTS, adoptEndpointId: "0".repeat(32) }, at.run());
		await assert.rejects(run, /adoptEndpointId: the account of this API key has no webhook endpoint 0{32}/);
		assert.deepEqual(at.calls(), []);
	});
});
