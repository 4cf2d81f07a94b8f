import assert from "node:assert/strict";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { diff } from "../../../provider/webhookEndpoint/diff.ts";
import { testContext } from "../../support/context.ts";

const ID = "b2a9d5c07e3f41d8a6cf01928374abcd";
const INPUTS = { url: "https://hooks.example.com", events: ["a.b", "c.d"], secretVersion: 1, entityId: "e1" };
const STATE = { ...INPUTS, secret: "whsec_1", status: "enabled", account: "me", stateVersion: 1 };
const between = (inputs: Values, state: Values = {}) =>
	diff(ID, { ...STATE, ...state }, { ...INPUTS, ...inputs }, testContext());

describe("what a change of a webhook endpoint does", () => {
	const nothing: [string, Values, Values?][] = [
		["no change", {}],
		["another order of events", { events: ["c.d", "a.b"] }],
		["a URL in its plain spelling", { url: "https://HOOKS.example.com/" }],
		["a version as text", { secretVersion: "1" }],
		["this endpoint's own id to adopt", { adoptEndpointId: ID }],
		["taking adoptEndpointId away", {}, { adoptEndpointId: "other" }],
		["another status at HeyGen", {}, { status: "disabled" }],
	];
	for (const [name, inputs, state] of nothing) {
		it(`is nothing for ${name}`, () =>
			assert.deepEqual(between(inputs, state), { changed: false, replaces: [] }));
	}

	const inPlace: [string, Values, Values?][] = [
		["another URL", { url: "https://hooks.example.com/v2" }],
		["an event more", { events: ["a.b", "c.d", "e.f"] }],
		["all events", { events: undefined }],
		["events instead of all", {}, { events: undefined }],
		["another version", { secretVersion: 2 }],
		["no version any more", { secretVersion: undefined }],
		["a secret that is lost", {}, { secret: undefined }],
		["a URL that is not known yet", { url: unknown }],
		["an event that is not known yet", { events: ["a.b", unknown] }],
		["a version that is not known yet", { secretVersion: unknown }],
	];
	for (const [name, inputs, state] of inPlace) {
		it(`is in place for ${name}`, () =>
			assert.deepEqual(between(inputs, state), { changed: true, replaces: [] }));
	}

	const replacing: [string, Values, string, Values?][] = [
		["another entity", { entityId: "e2" }, "entityId"],
		["no entity any more", { entityId: undefined }, "entityId"],
		["another endpoint to adopt", { adoptEndpointId: "other" }, "adoptEndpointId"],
		["an endpoint that was deleted at HeyGen", {}, "status", { status: "gone" }],
	];
	for (const [name, inputs, property, state] of replacing) {
		it(`is another endpoint for ${name}`, () =>
			assert.deepEqual(between(inputs, state), { changed: true, replaces: [property] }));
	}
});
