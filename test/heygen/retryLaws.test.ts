import assert from "node:assert/strict";
import fc from "fast-check";
import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal, HeyGenUnreachable } from "../../heygen/errors.ts";
import {
	FIRST_DELAY_MS,
	LONGEST_DELAY_MS,
	parseRetryAfter,
	retryDelay,
	withRetries,
} from "../../heygen/retry.ts";
import { anyText } from "../support/anything.ts";
import { fastClock } from "../support/clock.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const SHORTEST_MS = FIRST_DELAY_MS * 0.75;

/** What a header may hold, sensible or not. */
const headers = fc.oneof(
	fc.nat(200).map(String),
	fc.stringMatching(/^\d{1,400}$/),
	fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
	fc.constantFrom(
		"-1",
		"2.5",
		"1e9",
		"0x10",
		"Infinity",
		"NaN",
		"soon 5",
		"Sun, 99 Foo 99999999 99:99:99 GMT",
	),
	anyText(),
);

const failures = fc
	.record({
		header: fc.option(headers, { nil: undefined }),
		status: fc.constantFrom(0, 200, 404, 408, 409, 429, 429, 429, 500, 503),
		code: fc.constantFrom(undefined, "request_in_progress", "quota_exceeded", "x"),
		whole: fc.boolean(),
		tookMs: fc.nat(120_000),
	})
	.map(({ header, status, code, whole, tookMs }) => {
		const fields = { call: "GET /v3/x", status, code, whole, retryAfterMs: parseRetryAfter(header, NOW) };
		const Kind = status === 0 ? HeyGenUnreachable : status === 200 ? HeyGenAnswerInvalid : HeyGenRefusal;
		return { error: new Kind("no", fields), tookMs };
	});

describe("trying again, whatever fails and whatever the service asks for,", () => {
	it("ends within its time and one more try, after a bounded number of tries", async () => {
		const options = fc.record({
			repeatable: fc.boolean(),
			forMs: fc.constantFrom(0, 1_000, 120_000, 3_600_000),
			mostTries: fc.integer({ min: 1, max: 9 }),
		});
		const chances = fc.double({ min: 0, max: 0.999, noNaN: true });
		await fc.assert(
			fc.asyncProperty(fc.array(failures, { minLength: 1 }), options, chances, async (told, how, chance) => {
				const clock = { ...fastClock(), random: () => chance };
				const began: number[] = [];
				let others = 0;
				const attempt = async () => {
					const { error, tookMs } = told[began.length % told.length] as (typeof told)[number];
					began.push(clock.elapsed());
					if (error.status !== 429) others++;
					await clock.sleep(tookMs);
					throw error;
				};
				await assert.rejects(withRetries(attempt, how, clock), HeyGenError);
				assert.ok((began.at(-1) ?? 0) <= how.forMs, `a try began after ${began.at(-1)} ms`);
				assert.ok(began.length <= 1 + how.forMs / SHORTEST_MS);
				assert.ok(others <= how.mostTries);
				if (!how.repeatable) assert.ok(others <= 1);
			}),
		);
	});

	it("waits at least a moment, and never longer than it was asked to and a second", () => {
		const chances = fc.double({ min: 0, max: 0.999, noNaN: true });
		fc.assert(
			fc.property(headers, fc.integer({ min: 1, max: 5_000 }), chances, (header, tries, chance) => {
				const asked = parseRetryAfter(header, NOW);
				const delay = retryDelay(tries, asked, chance);
				assert.ok(delay >= SHORTEST_MS);
				const most = asked === undefined ? LONGEST_DELAY_MS * 1.25 : Math.max(asked, FIRST_DELAY_MS) + 1_000;
				assert.ok(delay <= most);
			}),
		);
	});
});

describe("any Retry-After", () => {
	it("is a time to wait, or nothing", () => {
		fc.assert(
			fc.property(headers, fc.double({ noNaN: true, noDefaultInfinity: true }), (header, now) => {
				const waitMs = parseRetryAfter(header, now);
				assert.ok(waitMs === undefined || waitMs >= 0);
			}),
		);
	});

	it("that is a date is the time until then", () => {
		const dates = fc.date({ min: new Date(0), max: new Date(9e12), noInvalidDate: true });
		fc.assert(
			fc.property(dates, (date) => {
				const seconds = Math.floor(date.getTime() / 1000);
				assert.equal(parseRetryAfter(date.toUTCString(), NOW), Math.max(0, seconds * 1000 - NOW));
			}),
		);
	});
});
