import assert from "node:assert/strict";
import { KNOWN_EVENT_TYPES } from "../../../heygen/schemas/webhookEndpoint.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { check } from "../../../provider/webhookEndpoint/check.ts";
import { testContext } from "../../support/context.ts";

const GOOD = { url: "https://hooks.example.com/heygen", events: ["avatar_video.success"] };
const checked = (inputs: Values, olds?: Values) => {
	const context = testContext();
	const { problems } = check({ ...GOOD, ...inputs }, olds, context);
	return { told: problems.map(({ property, reason }) => `${property} ${reason}`), ...context };
};

describe("the inputs of a webhook endpoint", () => {
	const good: [string, Values][] = [
		["an https URL and some events", {}],
		["no events, for all of them", { events: undefined }],
		["http on loopback", { url: "http://127.0.0.1:8080/hook" }],
		["a version that is a text", { secretVersion: "2026-07" }],
		["a version that is a number", { secretVersion: 0 }],
		["an entity", { entityId: "5f0c2a9b" }],
		["what a preview does not know yet", { url: unknown, events: [unknown], secretVersion: unknown }],
	];
	for (const [name, inputs] of good) {
		it(`may be ${name}`, () => {
			const { told, warnings } = checked(inputs);
			assert.deepEqual([told, warnings], [[], []]);
		});
	}

	const bad: [string, Values, RegExp][] = [
		["no URL", { url: undefined }, /^url must be a public https URL .*; got nothing/],
		["plain http", { url: "http://hooks.example.com" }, /^url must be a public https URL/],
		["no URL at all", { url: "hooks.example.com" }, /^url must be/],
		["a URL with a password", { url: "https://me:pw@h.example.com" }, /^url .* without a user name/],
		["an empty list of events", { events: [] }, /^events must be a list of at least one event type/],
		["an event twice", { events: ["a.b", "a.b"] }, /^events must be .* each once/],
		["an event outside a list", { events: "avatar_video.fail" }, /Write a list: \["avatar_video.fail"\]/],
		["an event that is no text", { events: [1] }, /^events\[0\] must be an event type/],
		[
			"a version of another kind",
			{ secretVersion: true },
			/^secretVersion must be a number or a text; got true/,
		],
		["an id with a space", { adoptEndpointId: "a b" }, /^adoptEndpointId must be a webhook endpoint's id/],
		["the API's spelling", { entity_id: "e" }, /^entity_id there is no such input; did you mean entityId\?/],
		["a near miss", { event: ["a.b"] }, /^event there is no such input; did you mean events\?/],
		["another name", { eventTypes: ["a.b"] }, /^eventTypes there is no such input; did you mean events\?/],
		["something else", { colour: "red" }, /^colour there is no such input\.$/],
	];
	for (const [name, inputs, message] of bad) {
		it(`may not be ${name}`, () => {
			const { told } = checked(inputs);
			assert.equal(told.length, 1, told.join("\n"));
			assert.match(told[0] ?? "", message);
			assert.doesNotMatch(told[0] ?? "", /pw/);
		});
	}

	it("may name an event type that is not known, with a warning that names the nearest", () => {
		const { told, warnings } = checked({ events: ["avatar_video.succes", "sky.fell"] });
		assert.deepEqual(told, []);
		assert.match(
			warnings[0] ?? "",
			/^events\[0\]: "avatar_video.succes" .* Did you mean avatar_video.success\?$/,
		);
		assert.match(warnings[1] ?? "", /^events\[1\]: "sky.fell" .* getWebhookEventTypes\(\)/);
	});

	it("are not doubted again once HeyGen has taken them", () => {
		const events = ["sky.fell", "sky.rose"];
		assert.equal(checked({ events }, { ...GOOD, events: ["sky.fell"] }).warnings.length, 1);
		assert.deepEqual(checked({ events }, { ...GOOD, events }).warnings, []);
	});

	it("know the 30 event types of July 2026", () => {
		assert.equal(new Set(KNOWN_EVENT_TYPES).size, 30);
		assert.deepEqual(checked({ events: [...KNOWN_EVENT_TYPES] }).warnings, []);
	});
});
