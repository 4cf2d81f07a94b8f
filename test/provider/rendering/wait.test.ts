import assert from "node:assert/strict";
import { HeyGenRefusal } from "../../../heygen/errors.ts";
import { VideoGone, WaitTimedOut, waitForVideo } from "../../../provider/rendering/wait.ts";
import { type Answer, GATEWAY, MISSING, SILENCE, TROUBLE, VIDEO, watched } from "./support.ts";

describe("waiting for a video", () => {
	const at = watched();
	let reports: [number, string][];
	const wait = (more: { timeoutMs?: number; lookFirst?: boolean; signal?: AbortSignal } = {}) => {
		const { heygen, clock, renders } = at;
		reports = [];
		const report = (text: string) => void reports.push([clock.elapsed(), text]);
		const { signal } = new AbortController();
		return waitForVideo(VIDEO, {
			heygen,
			clock,
			poller: renders.poller,
			signal,
			report,
			timeoutMs: 60_000,
			...more,
		});
	};
	const words = () => reports.map(([, text]) => text.replace(/ \(\d.*/, ""));
	const until = (end: number, before: Answer, after: Answer) => (ms: number) => (ms < end ? before : after);

	it("gives it with a fresh link as soon as it is completed", async () => {
		at.list = until(20_000, "processing", "completed");
		at.read = () => "completed";
		const video = await wait();
		assert.deepEqual([video.status, at.asked.filter(([what]) => what === "read").length], ["completed", 1]);
		assert.equal(video.video_url, `https://files.example.net/v.mp4?Expires=${at.asked.length}`);
		assert.ok(at.clock.elapsed() < 22_000);
	});

	it("leaves nobody waiting for its own end", async () => {
		at.list = at.read = () => "completed";
		await wait();
		const longest = Math.max(0, ...at.clock.sleeping());
		assert.ok(longest <= at.clock.elapsed() + 10_000, `until ${longest} ms`);
	});

	it("gives it when it failed, for the caller to tell", async () => {
		at.list = at.read = () => "failed";
		assert.equal((await wait()).status, "failed");
		assert.equal(at.clock.elapsed(), 1_000);
	});

	it("goes on while the read is behind the list", async () => {
		at.list = () => "completed";
		at.read = until(5_000, "processing", "completed");
		await wait();
		assert.ok(at.clock.elapsed() >= 5_000);
	});

	for (const [name, word] of [
		["does not know it", "not_found"],
		["is ahead of it for long", "completed"],
	] as const) {
		it(`asks no more often than of any other while the list ${name}`, async () => {
			at.list = () => word;
			at.read = until(240_000, "processing", "completed");
			await wait({ timeoutMs: 600_000 });
			const reads = at.asked.filter(([what]) => what === "read").length;
			assert.ok(reads < 60, `${reads} reads`);
		});
	}

	it("looks at once where the video may have ended long ago, and else not before the first poll", async () => {
		at.read = at.list = () => "completed";
		await wait({ lookFirst: true });
		assert.deepEqual(at.asked, [["read", 0]]);
		at.asked.length = 0;
		await wait();
		assert.deepEqual(
			at.asked.map(([what]) => what),
			["list", "read"],
		);
	});

	it("watches one that had not ended at the first look", async () => {
		at.read = at.list = until(9_000, "processing", "completed");
		await wait({ lookFirst: true });
		assert.deepEqual(
			at.asked.slice(0, 2).map(([what]) => what),
			["read", "list"],
		);
		assert.equal(at.asked.filter(([what]) => what === "read").length, 2);
	});

	const told: [string, string][] = [
		["waiting", "queued at HeyGen"],
		["pending", "queued at HeyGen"],
		["queued", "queued at HeyGen"],
		["processing", "rendering"],
		["a word of tomorrow", "a word of tomorrow"],
	];
	for (const [word, text] of told) {
		it(`tells ${word} as ${text}, then that it is rendered`, async () => {
			at.read = at.list = until(3_000, word, "completed");
			await wait();
			assert.deepEqual(words(), [text, "rendered"]);
		});
	}

	it("tells the same again every ten seconds, with the time that has passed", async () => {
		at.list = until(45_000, "processing", "completed");
		at.read = () => "completed";
		await wait();
		const times = reports.slice(0, -1).map(([ms]) => ms);
		assert.ok(times.length >= 4, String(times));
		for (const [index, ms] of times.entries()) {
			const sinceLast = ms - (times[index - 1] ?? Number.NEGATIVE_INFINITY);
			assert.ok(sinceLast >= 10_000 && (index === 0 || sinceLast < 20_000), String(times));
		}
		assert.deepEqual([reports[0], reports[1]?.[1]], [[1_000, "rendering (1 s)"], "rendering (11 s)"]);
	});

	it("counts the time from when the wait began", async () => {
		await at.clock.sleep(100_000);
		at.list = until(113_000, "processing", "completed");
		at.read = () => "completed";
		await wait();
		assert.deepEqual(
			reports.map(([, text]) => text),
			["rendering (1 s)", "rendering (11 s)", "rendered (13 s)"],
		);
	});

	it("ends when its time is over, and says after how long", async () => {
		await assert.rejects(wait(), (error) => {
			assert.ok(error instanceof WaitTimedOut);
			return error.message === "not finished after 1 min";
		});
		assert.equal(at.clock.elapsed(), 60_000);
	});

	it("takes a last look then, since the video may have ended after the last poll", async () => {
		at.read = () => "completed";
		assert.equal((await wait()).status, "completed");
		at.read = () => "failed";
		assert.equal((await wait()).status, "failed");
	});

	it("does not try again when the last look brings nothing", async () => {
		at.read = () => TROUBLE;
		await assert.rejects(wait(), WaitTimedOut);
		assert.equal(at.asked.filter(([what]) => what === "read").length, 1);
	});

	it("goes on over what cannot be read, and says so", async () => {
		at.list = until(20_000, TROUBLE, "completed");
		at.read = () => "completed";
		await wait();
		assert.ok(words().includes("HeyGen cannot be read right now (HTTP 500); still waiting"), String(words()));
		assert.equal(words().at(-1), "rendered");
	});

	it("says so without a status where no answer came", async () => {
		at.list = until(9_000, SILENCE, "completed");
		at.read = () => "completed";
		await wait();
		assert.equal(words()[0], "HeyGen cannot be read right now; still waiting");
	});

	it("says of the end that HeyGen could not be read, where that was so to the last", async () => {
		at.list = () => "completed";
		at.read = () => GATEWAY;
		await assert.rejects(wait(), /not finished after 1 min as far as HeyGen could be read \(GET .*404/);
		assert.ok(words().includes("HeyGen cannot be read right now (HTTP 404); still waiting"), String(words()));
	});

	it("does not say so once it could be read again", async () => {
		at.list = () => "completed";
		at.read = until(20_000, GATEWAY, "processing");
		await assert.rejects(wait(), { message: "not finished after 1 min" });
	});

	it("ends with a video that is gone", async () => {
		at.list = () => "not_found";
		at.read = () => MISSING;
		await assert.rejects(wait(), (error) => error instanceof VideoGone && error.message.includes(VIDEO));
	});

	for (const what of ["list", "read"] as const) {
		it(`ends with a key that is revoked, when the ${what} says so`, async () => {
			at.list = at.read = () => "completed";
			at[what] = () => ({ status: 401, code: "unauthorized" });
			await assert.rejects(wait(), (error) => error instanceof HeyGenRefusal && error.status === 401);
			assert.ok(at.clock.elapsed() < 60_000);
		});
	}

	it("ends at once when the run is cancelled", async () => {
		const abort = new AbortController();
		at.list = (ms) => {
			if (ms > 5_000) abort.abort(new Error("cancelled"));
			return "processing";
		};
		await assert.rejects(wait({ signal: abort.signal }), { message: "cancelled" });
		assert.ok(at.clock.elapsed() < 10_000);
	});
});
