import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import fc from "fast-check";
import {
	createPoller,
	LONGEST_POLL_MS,
	pollDelay,
	SHORTEST_POLL_MS,
} from "../../../provider/rendering/poller.ts";
import { fastClock } from "../../support/clock.ts";
import { steppedClock } from "../../support/steppedClock.ts";

const never = new AbortController().signal;

/** A service whose videos are completed after some requests for their status. */
function service(completedAfter: Record<string, number>) {
	const requests: string[][] = [];
	const readStatuses = async (ids: string[]) => {
		requests.push(ids);
		const left = (id: string) => {
			const count = completedAfter[id] ?? 0;
			completedAfter[id] = count - 1;
			return count;
		};
		return new Map(ids.map((id) => [id, left(id) > 0 ? "processing" : "completed"]));
	};
	return { requests, readStatuses };
}

describe("the poller", () => {
	it("asks for all videos in flight with one request", async () => {
		const { requests, readStatuses } = service({ a: 3, b: 3, c: 3 });
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		const words = await Promise.all(["a", "b", "c"].map((id) => poller.watch(id, { signal: never })));
		assert.deepEqual(words, ["completed", "completed", "completed"]);
		assert.deepEqual(requests, Array(4).fill(["a", "b", "c"]));
	});

	it("asks for one video once, however many wait for it", async () => {
		const { requests, readStatuses } = service({ a: 0 });
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		await Promise.all([poller.watch("a", { signal: never }), poller.watch("a", { signal: never })]);
		assert.deepEqual(requests, [["a"]]);
	});

	it("starts again after it had nothing to watch", async () => {
		const { readStatuses } = service({});
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		assert.equal(await poller.watch("a", { signal: never }), "completed");
		assert.equal(await poller.watch("b", { signal: never }), "completed");
	});

	it("goes on watching while the status cannot be read", async () => {
		const troubles: unknown[] = [];
		const { readStatuses } = service({ a: 0 });
		let failures = 3;
		const flaky = async (ids: string[]) => {
			if (failures-- > 0) throw new Error("bad gateway");
			return readStatuses(ids);
		};
		const poller = createPoller({ readStatuses: flaky, isFatal: () => false, clock: fastClock() });
		const onTrouble = (error: unknown) => void troubles.push(error);
		assert.equal(await poller.watch("a", { signal: never, onTrouble }), "completed");
		assert.equal(troubles.length, 3);
	});

	it("ends all watching with an error that no patience mends", async () => {
		const failing = async () => {
			throw new Error("revoked");
		};
		const poller = createPoller({ readStatuses: failing, isFatal: () => true, clock: fastClock() });
		const outcomes = await Promise.allSettled(["a", "b"].map((id) => poller.watch(id, { signal: never })));
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			["rejected", "rejected"],
		);
	});

	it("ends one watch when its signal is aborted, and no other", async () => {
		const { readStatuses } = service({ a: 50, b: 3 });
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		const abort = new AbortController();
		const a = poller.watch("a", {
			signal: abort.signal,
			onStatus: () => abort.abort(new Error("time is over")),
		});
		const b = poller.watch("b", { signal: never });
		await assert.rejects(a, { message: "time is over" });
		assert.equal(await b, "completed");
	});

	it("takes words it does not know, and ids that an answer leaves out, as still rendering", async () => {
		const answers = [new Map(), new Map([["a", "dreaming"]]), new Map([["a", "failed"]])];
		const readStatuses = async () => answers.shift() ?? new Map();
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		const words: string[] = [];
		const onStatus = (word: string) => void words.push(word);
		assert.equal(await poller.watch("a", { signal: never, onStatus }), "failed");
		assert.deepEqual(words, ["dreaming", "failed"]);
	});

	it("goes on over trouble that nobody wants to be told of", async () => {
		let failures = 2;
		const readStatuses = async () => {
			if (failures-- > 0) throw new Error("bad gateway");
			return new Map([["a", "completed"]]);
		};
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		assert.equal(await poller.watch("a", { signal: never }), "completed");
	});

	it("does not begin to watch for one who has given up, and lets go of the signal of one who is served", async () => {
		const { requests, readStatuses } = service({});
		const poller = createPoller({ readStatuses, isFatal: () => false, clock: fastClock() });
		const gone = AbortSignal.abort(new Error("cancelled"));
		await assert.rejects(poller.watch("a", { signal: gone }), { message: "cancelled" });
		assert.deepEqual(requests, []);
		const { signal } = new AbortController();
		await poller.watch("a", { signal });
		assert.deepEqual(getEventListeners(signal, "abort"), []);
	});

	it("looks at a new video soon, also while it waits long for another one, whenever it began", async () => {
		const clock = steppedClock();
		await clock.sleep(1_000_000);
		const asked: [number, number][] = [];
		const readStatuses = async (ids: string[]) => {
			asked.push([clock.elapsed() - 1_000_000, ids.length]);
			return new Map(ids.map((id) => [id, asked.length > 60 ? "completed" : "processing"]));
		};
		const poller = createPoller({ readStatuses, isFatal: () => false, clock });
		const old = poller.watch("old", { signal: never });
		await clock.sleep(205_000);
		const before = asked.length;
		await Promise.all([old, poller.watch("new", { signal: never })]);
		assert.deepEqual(asked.slice(0, 3), [
			[1_000, 1],
			[2_000, 1],
			[3_000, 1],
		]);
		assert.deepEqual(asked.slice(before, before + 3), [
			[206_000, 2],
			[207_000, 2],
			[208_000, 2],
		]);
	});
});

describe("the pace of polling", () => {
	it("stays within its bounds and never gets quicker", () => {
		fc.assert(
			fc.property(fc.nat(10_000_000), fc.nat(1_000_000), (watched, more) => {
				assert.ok(pollDelay(watched) >= SHORTEST_POLL_MS && pollDelay(watched) <= LONGEST_POLL_MS);
				assert.ok(pollDelay(watched + more) >= pollDelay(watched));
			}),
		);
	});
	it("takes at most 60 looks for a render of four minutes", () => {
		let [passed, looks] = [0, 0];
		for (; passed < 240_000; looks++) passed += pollDelay(passed);
		assert.ok(looks <= 60, `${looks} looks`);
	});
});
