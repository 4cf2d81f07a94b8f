import assert from "node:assert/strict";
import fc from "fast-check";
import {
	HeyGenAnswerInvalid,
	HeyGenRefusal,
	HeyGenRequestInvalid,
	HeyGenUnreachable,
} from "../../heygen/errors.ts";
import { LONGEST_DELAY_MS, mayRetry, parseRetryAfter, retryDelay, withRetries } from "../../heygen/retry.ts";
import { fastClock } from "../support/clock.ts";

const refusal = (status: number, fields: { code?: string; retryAfterMs?: number } = {}) =>
	new HeyGenRefusal("no", { call: "GET /v3/videos/v1", status, ...fields });
const unreachable = new HeyGenUnreachable("reset", { call: "POST /v3/videos" });

describe("which failures are tried again", () => {
	const table: [string, Parameters<typeof mayRetry>, boolean][] = [
		["429 for every call", [refusal(429), false], true],
		["but not a used-up quota", [refusal(429, { code: "quota_exceeded" }), true], false],
		["5xx where a repeat is harmless", [refusal(503), true], true],
		["500 as well", [refusal(500), true], true],
		["5xx nowhere else", [refusal(503), false], false],
		["a connection that broke where a repeat is harmless", [unreachable, true], true],
		["a connection that broke nowhere else", [unreachable, false], false],
		["an answer cut short", [new HeyGenAnswerInvalid("cut", { call: "x", status: 200 }), true], true],
		[
			"no answer that is whole and not understood: it would come again",
			[new HeyGenAnswerInvalid("odd", { call: "x", status: 200, whole: true }), true],
			false,
		],
		["409 while the first submit is in flight", [refusal(409, { code: "request_in_progress" }), true], true],
		["no other 409", [refusal(409, { code: "conflict" }), true], false],
		["no 400", [refusal(400), true], false],
		[
			"no other refusal that speaks of a submit in flight",
			[refusal(400, { code: "request_in_progress" }), true],
			false,
		],
		["no request that was never sent", [new HeyGenRequestInvalid("odd", { call: "x" }), true], false],
		["no 402", [refusal(402), true], false],
		["no 404 of HeyGen's", [refusal(404, { code: "video_not_found" }), true], false],
		["but a 404 of something on the way", [refusal(404), true], true],
	];
	for (const [name, [error, repeatable], expected] of table) {
		it(name, () => assert.equal(mayRetry(error, repeatable), expected));
	}
});

describe("the wait before the next try", () => {
	it("is bounded, whatever the try and the chance", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				(tries, random) => {
					const delay = retryDelay(tries, undefined, random);
					assert.ok(delay > 0 && delay <= LONGEST_DELAY_MS * 1.25);
				},
			),
		);
	});
	it("doubles", () => {
		assert.deepEqual(
			[1, 2, 3, 4].map((tries) => retryDelay(tries, undefined, 0.5)),
			[500, 1000, 2000, 4000],
		);
	});
	it("is what the service asked for and at most a second more", () => {
		assert.equal(retryDelay(9, 7_000, 0), 7_000);
		assert.equal(retryDelay(1, 7_000, 0.999), 7_999);
	});
	it("is never nothing, also when the service asks for nothing", () => assert.ok(retryDelay(1, 0, 0) > 0));
});

describe("Retry-After", () => {
	const now = Date.UTC(2026, 10, 23, 12, 0, 0);
	const table: [string | undefined, number | undefined][] = [
		["3", 3_000],
		[" 0 ", 0],
		["120", 120_000],
		["Mon, 23 Nov 2026 12:00:09 GMT", 9_000],
		["Monday, 23-Nov-26 12:00:09 GMT ", 9_000],
		["Mon, 23 Nov 2026 12:00:09 GMT+2", undefined],
		["Mon, 23 Nov 2026 11:00:00 GMT", 0],
		["soon", undefined],
		...["-1", "2.5", "1e3", "0x10", "soon 5", "120 seconds", "May 5", "7, 7", "2026-11-23"].map(
			(text): [string, undefined] => [text, undefined],
		),
		["", undefined],
		[undefined, undefined],
	];
	for (const [header, expected] of table) {
		it(`reads ${JSON.stringify(header)} as ${expected}`, () =>
			assert.equal(parseRetryAfter(header, now), expected));
	}
});

describe("trying again", () => {
	const options = { repeatable: true, forMs: 60_000, mostTries: 5 };

	it("ends with the first success", async () => {
		const failures = [refusal(503), unreachable];
		const result = await withRetries(
			async () => {
				const failure = failures.shift();
				if (failure) throw failure;
				return "done";
			},
			options,
			fastClock(),
		);
		assert.equal(result, "done");
	});

	it("waits longer each time", async () => {
		const clock = fastClock();
		const failing = async () => {
			throw unreachable;
		};
		await assert.rejects(withRetries(failing, options, clock), HeyGenUnreachable);
		assert.deepEqual(clock.sleeps, [500, 1_000, 2_000, 4_000]);
	});

	it("has its time from its own first try on", async () => {
		const clock = fastClock();
		await clock.sleep(3_600_000);
		const failing = async () => {
			throw refusal(429, { retryAfterMs: 59_000 });
		};
		await assert.rejects(withRetries(failing, options, clock), { status: 429 });
		assert.deepEqual(clock.sleeps.slice(1), [59_500]);
	});

	it("gives up after five tries while the service has trouble, with the last error", async () => {
		let tries = 0;
		const failing = async () => {
			tries++;
			throw refusal(500 + tries);
		};
		await assert.rejects(withRetries(failing, options, fastClock()), { status: 505 });
		assert.equal(tries, 5);
	});

	it("goes on over 429 until its time is over, and never sleeps past it", async () => {
		const clock = fastClock();
		const failing = async () => {
			throw refusal(429, { retryAfterMs: 7_000 });
		};
		await assert.rejects(withRetries(failing, options, clock), { status: 429 });
		assert.deepEqual(clock.sleeps, Array(8).fill(7_500));
	});

	it("does not wait at all when the service asks for longer than there is time", async () => {
		const clock = fastClock();
		const failing = async () => {
			throw refusal(429, { retryAfterMs: 3_600_000 });
		};
		await assert.rejects(withRetries(failing, options, clock), { status: 429 });
		assert.deepEqual(clock.sleeps, []);
	});

	it("ends at once when aborted, with the signal's reason", async () => {
		const abort = new AbortController();
		const failing = async () => {
			abort.abort(new Error("cancelled"));
			throw unreachable;
		};
		await assert.rejects(withRetries(failing, { ...options, signal: abort.signal }, fastClock()), {
			message: "cancelled",
		});
	});

	it("passes on what is no failure of HeyGen's at once", async () => {
		let tries = 0;
		const broken = async () => {
			tries++;
			throw new TypeError("a bug");
		};
		await assert.rejects(withRetries(broken, options, fastClock()), TypeError);
		assert.equal(tries, 1);
	});
});
