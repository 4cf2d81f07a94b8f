import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Cap, type Claim, createCap, OverCap, QUIET_MS } from "../../../provider/rendering/cap.ts";
import { createQuiet, type Quiet } from "../../../provider/rendering/quiet.ts";
import { type SteppedClock, steppedClock } from "../../support/steppedClock.ts";

const { signal } = new AbortController();

describe("the cap on a run's renders", () => {
	let clock: SteppedClock;
	let quiet: Quiet;
	beforeEach(() => {
		clock = steppedClock();
		quiet = createQuiet(clock);
	});
	afterEach(() => clock.dispatcher.destroy());

	const cap = (most?: number) => createCap({ most, clock, quiet });
	const claims = (of: Cap, count: number, from = 0) =>
		Array.from({ length: count }, (_, at) => of.claim(`urn::v${from + at}`));
	const take = (all: Claim[]) => Promise.allSettled(all.map((claim) => claim.take(signal)));
	const passed = (outcomes: PromiseSettledResult<void>[]) =>
		outcomes.filter(({ status }) => status === "fulfilled").length;

	it("lets every render go at once where there is none", async () => {
		assert.equal(passed(await take(claims(cap(), 600))), 600);
		assert.equal(clock.elapsed(), 0);
	});

	it("lets as many go as it allows, after a short quiet time", async () => {
		assert.equal(passed(await take(claims(cap(20), 20))), 20);
		assert.equal(clock.elapsed(), QUIET_MS);
	});

	it("lets none of too many go, and tells them all", async () => {
		const outcomes = await take(claims(cap(20), 21));
		assert.equal(passed(outcomes), 0);
		for (const outcome of outcomes) {
			assert.ok(outcome.status === "rejected" && outcome.reason instanceof OverCap);
			assert.deepEqual([outcome.reason.wanted.length, outcome.reason.started], [21, 0]);
		}
	});

	it("allows none at all when it is 0", async () => {
		assert.equal(passed(await take(claims(cap(0), 1))), 0);
	});

	it("waits as long as further resources are looked at", async () => {
		const some = cap(2);
		const first = take(claims(some, 2));
		for (let looks = 0; looks < 10; looks++) {
			await clock.sleep(QUIET_MS - 100);
			quiet.heard();
		}
		const later = take(claims(some, 1, 2));
		assert.deepEqual([passed(await first), passed(await later)], [0, 0]);
	});

	it("waits for a create that does not know yet whether it renders", async () => {
		const some = cap(1);
		const [first, second] = claims(some, 2);
		assert.ok(first && second);
		let gone = false;
		const going = first.take(signal).then(() => {
			gone = true;
		});
		await clock.sleep(10 * QUIET_MS);
		assert.equal(gone, false);
		second.settle();
		await going;
	});

	it("counts what went before, however much later the next one comes", async () => {
		const some = cap(3);
		assert.equal(passed(await take(claims(some, 2))), 2);
		await clock.sleep(600_000);
		assert.equal(passed(await take(claims(some, 1, 2))), 1);
		const [late] = await take(claims(some, 1, 3));
		assert.ok(late?.status === "rejected" && late.reason instanceof OverCap);
		assert.deepEqual([late.reason.wanted, late.reason.started], [["urn::v3"], 3]);
	});

	it("lets nothing more go once it has refused one, also when what went before is given back", async () => {
		const some = cap(2);
		const before = claims(some, 2);
		await take(before);
		await take(claims(some, 1, 2));
		for (const claim of before) claim.giveBack();
		assert.equal(passed(await take(claims(some, 1, 3))), 0);
	});

	it("does not count what was given back", async () => {
		const some = cap(2);
		for (let round = 0; round < 5; round++) {
			const both = claims(some, 2);
			assert.equal(passed(await take(both)), 2);
			for (const claim of both) claim.giveBack();
		}
	});

	it("counts a create once, and one that the engine repeats once more", async () => {
		const some = cap(1);
		const [claim] = claims(some, 1);
		assert.ok(claim);
		assert.equal(passed(await take([claim])), 1);
		assert.equal(passed(await take([claim])), 1);
		assert.equal(passed(await take(claims(some, 1))), 0);
	});

	it("lets nobody wait who is called off already, and does not count it", async () => {
		const some = cap(1);
		const off = AbortSignal.abort(new Error("called off"));
		const [first] = claims(some, 1);
		await assert.rejects(async () => first?.take(off), /called off/);
		assert.equal(passed(await take(claims(some, 1, 1))), 1);
	});

	it("says how many were wanted in all, with those that went before", async () => {
		const some = cap(2);
		await take(claims(some, 2));
		await assert.rejects(async () => claims(some, 1, 2)[0]?.take(signal), {
			message: "3 renders are wanted",
		});
	});

	it("forgets who waits and is called off", async () => {
		const some = cap(1);
		const off = new AbortController();
		const [first] = claims(some, 1);
		const waiting = first?.take(off.signal);
		off.abort(new Error("called off"));
		await assert.rejects(async () => waiting, /called off/);
		await nextTurn();
		assert.equal(passed(await take(claims(some, 1, 1))), 1);
	});
});
