import assert from "node:assert/strict";
import { parseDuration, tellDuration } from "../../provider/duration.ts";

describe("durations", () => {
	for (const [text, expected] of [
		["90s", 90_000],
		["60m", 3_600_000],
		["1h30m", 5_400_000],
		["2h3m4s", 7_384_000],
		["", undefined],
		["60", undefined],
		["1d", undefined],
		["30m1h", undefined],
		["-5m", undefined],
		["1.5h", 5_400_000],
		["0.5m30s", 60_000],
		["1500ms", 1_500],
		["1s500ms", 1_500],
		["1.h", undefined],
		[".5h", undefined],
	] as const) {
		it(`${JSON.stringify(text)} is ${expected}`, () => assert.equal(parseDuration(text), expected));
	}
	for (const [milliseconds, expected] of [
		[400, "0 s"],
		[59_000, "59 s"],
		[60_000, "1 min"],
		[200_000, "3 min 20 s"],
		[3_600_000, "1 h"],
		[5_400_000, "1 h 30 min"],
		[25 * 3_600_000, "25 h"],
		[3 * 24 * 3_600_000 + 5_400_000, "3 days"],
	] as const) {
		it(`${milliseconds} ms is told as ${expected}`, () => assert.equal(tellDuration(milliseconds), expected));
	}
});
