import assert from "node:assert/strict";
import { HINTS_BY_CODE, HINTS_BY_STATUS, hintFor } from "../../heygen/hints.ts";
import { codesIn, pageText, tableOf } from "./tables.ts";

const page = pageText("docs/errors.md");

describe("the page on HeyGen's refusals", () => {
	it("has every code that is known, with the words that the error ends with", () => {
		const told = tableOf(page, "code").map(([code, , hint]) => [codesIn(code)[0], hint]);
		assert.deepEqual(Object.fromEntries(told), HINTS_BY_CODE);
	});

	it("has every status that is known, with the words that the error ends with", () => {
		const rows = tableOf(page, "status").map(([status = "", , hint]) => [status, hint] as const);
		const single = rows.filter(([status]) => /^\d+$/.test(status));
		assert.deepEqual(Object.fromEntries(single), HINTS_BY_STATUS);
		assert.deepEqual(
			rows.filter(([status]) => !/^\d+$/.test(status)),
			[
				["500 and above", hintFor({ status: 500 })],
				["401, 402, 403 or 407 without a code", hintFor({ status: 407 })],
			],
		);
	});
});
