import assert from "node:assert/strict";
import { createdAt, sameUrl, told } from "../../../provider/webhookEndpoint/state.ts";

const endpoint = (created_at: string | number | null) => ({
	endpoint_id: "e1",
	url: "https://h",
	created_at,
});
const TIME = Date.UTC(2026, 6, 30, 9, 15, 2);

describe("when a webhook endpoint was registered", () => {
	const zone = process.env["TZ"];
	before(() => {
		process.env["TZ"] = "America/New_York";
	});
	after(() => {
		if (zone === undefined) delete process.env["TZ"];
		else process.env["TZ"] = zone;
	});

	for (const text of [
		"2026-07-30T09:15:02Z",
		"2026-07-30T09:15:02.000000",
		"2026-07-30T11:15:02+02:00",
		TIME / 1000,
	]) {
		it(`is read from ${text}, wherever this machine is`, () => assert.equal(createdAt(endpoint(text)), TIME));
	}
	it("is not known when HeyGen does not say, or nothing that is a date", () =>
		assert.deepEqual([createdAt(endpoint(null)), createdAt(endpoint("soon"))], [undefined, undefined]));
	it("is not known when it is a time that no date has", () =>
		assert.equal(told(endpoint(1e20)).createdAt, undefined));
});

describe("two URLs", () => {
	it("are the same in another spelling", () =>
		assert.ok(sameUrl("https://H.example.com", "https://h.example.com/")));
	it("are not the same with another path, or when one is missing", () => {
		assert.ok(!sameUrl("https://h.example.com/a", "https://h.example.com/A"));
		assert.ok(!sameUrl("https://h.example.com", undefined));
	});
});
