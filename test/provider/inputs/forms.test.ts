import assert from "node:assert/strict";
import { Id, oneOf, PublicUrl, Wait, waitBudget } from "../../../provider/inputs/forms.ts";

describe("the forms of inputs", () => {
	const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
		schema.safeParse(value).success;

	it("take for an id any text without a space", () => {
		for (const id of ["a", "5f0c2a9b", "ep_1", "é:/."]) assert.ok(takes(Id, id), id);
		for (const id of ["", " ", "a b", "a ", " a", "a\n", 7]) assert.ok(!takes(Id, id), String(id));
	});

	it("take for a URL one that HeyGen can reach", () => {
		for (const url of [
			"https://h",
			"https://h/a?b#c",
			"http://127.0.0.1:8080",
			"http://localhost",
			"http://[::1]/",
		])
			assert.ok(takes(PublicUrl, url), url);
		for (const url of [
			"",
			"h/a.png",
			"//h",
			"http://h",
			"http://10.0.0.1",
			"ftp://h",
			"ftp://localhost",
			"file:///a",
		])
			assert.ok(!takes(PublicUrl, url), url);
	});

	it("tell the words of an enumeration", () => assert.equal(oneOf(["a", "b"]), 'one of "a", "b"'));

	it("take for a wait a second to a day, or none", () => {
		for (const timeout of ["1s", "1000ms", "24h", "1h30m", undefined])
			assert.ok(takes(Wait, { timeout }), timeout);
		for (const timeout of ["999ms", "24h1ms", "25h", "0s", "60", "", 60, null])
			assert.ok(!takes(Wait, { timeout }), String(timeout));
		assert.ok(!takes(Wait, { timeout: "1m", every: "1s" }));
	});

	it("tell how long a render is waited for: an hour, unless it is said", () => {
		assert.equal(waitBudget({ wait: { timeout: "90s" } }), 90_000);
		for (const wait of [undefined, {}]) assert.equal(waitBudget({ wait }), 3_600_000);
		assert.equal(waitBudget({}), 3_600_000);
	});
});
