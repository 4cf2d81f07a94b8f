import assert from "node:assert/strict";
import { create } from "../../../provider/webhookEndpoint/create.ts";
import { fastClock } from "../../support/clock.ts";
import { testContext } from "../../support/context.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { type Rewritten, rewriting } from "../../support/rewriting.ts";
import { INPUTS, service, URN } from "./support.ts";

describe("registering a webhook endpoint at a service that is odd", () => {
	const at = service();
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});
	const through = async (change: (answer: Rewritten) => Rewritten) => {
		server ??= await rewriting(at.emulator.url, change);
		return testContext({ urn: URN, baseUrl: server.url, apiKey: at.emulator.apiKey, clock: fastClock() });
	};

	it("tells a refusal of a field that is a word of JavaScript's own", async () => {
		for (const param of ["constructor", "__proto__", "toString"]) {
			at.emulator.control.intercept({
				method: "POST",
				route: "/v3/webhooks/endpoints",
				action: { status: 400, message: "no", param },
			});
			await assert.rejects(create(INPUTS, at.run()), new RegExp(`was not registered\\. ${param}: `));
		}
	});

	for (const [name, change] of [
		["the time", ({ text }: Rewritten) => ({ text, date: "" })],
		[
			"when an endpoint was made",
			({ text, date }: Rewritten) => ({
				text: text.replace(/"created_at":"[^"]*"/, '"created_at":null'),
				date,
			}),
		],
	] as const) {
		it(`ends with the secret in force where it took one over and HeyGen does not tell ${name}`, async () => {
			const first = await create(INPUTS, at.run());
			await at.run().heygen().rotateWebhookSecret(first.id, "by-someone");
			at.emulator.control.clock.advance(3_600);
			const again = await create(INPUTS, await through(change));
			assert.equal(again.id, first.id);
			await at.assertLive(again);
		});
	}
});
