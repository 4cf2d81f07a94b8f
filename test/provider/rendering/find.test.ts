import assert from "node:assert/strict";
import { findVideo } from "../../../provider/rendering/find.ts";
import { GATEWAY, LEFT_OUT, MISSING, TROUBLE, VIDEO, watched } from "./support.ts";

describe("looking for a video", () => {
	const at = watched();
	const find = (signal = new AbortController().signal) => {
		const { heygen, clock } = at;
		return findVideo(VIDEO, { heygen, clock, signal });
	};

	it("finds it with one request", async () => {
		assert.equal((await find())?.status, "processing");
		assert.deepEqual(at.asked, [["read", 0]]);
	});

	it("tells once that one is looked for, and not of one that is there", async () => {
		const { heygen, clock } = at;
		let told = 0;
		const how = { heygen, clock, signal: new AbortController().signal, onMissing: () => void told++ };
		await findVideo(VIDEO, how);
		assert.equal(told, 0);
		at.read = (ms) => (ms < 6_000 ? MISSING : "pending");
		at.list = () => "not_found";
		await findVideo(VIDEO, how);
		assert.equal(told, 1);
	});

	it("finds one that shows late", async () => {
		at.read = (ms) => (ms < 6_000 ? MISSING : "pending");
		at.list = (ms) => (ms < 6_000 ? "not_found" : "pending");
		assert.equal((await find())?.status, "pending");
		assert.equal(at.clock.elapsed(), 6_000);
	});

	it("finds none when the video and the list of statuses say so for ten seconds", async () => {
		at.read = () => MISSING;
		at.list = () => "not_found";
		assert.equal(await find(), undefined);
		assert.equal(at.clock.elapsed(), 10_000);
		assert.equal(at.asked.length, 12);
	});

	it("takes more time for it where it is asked to, also more than the list may be silent", async () => {
		at.read = () => MISSING;
		at.list = (ms) => (ms < 20_000 ? "not_found" : "pending");
		const { heygen, clock } = at;
		const how = { heygen, clock, signal: new AbortController().signal };
		await assert.rejects(findVideo(VIDEO, { ...how, agreedMs: 30_000 }), { status: 404 });
		at.list = () => "not_found";
		const start = clock.elapsed();
		assert.equal(await findVideo(VIDEO, { ...how, agreedMs: 90_000 }), undefined);
		assert.equal(clock.elapsed() - start, 90_000);
	});

	it("counts the ten seconds anew when the list says something else meanwhile", async () => {
		at.read = () => MISSING;
		at.list = (ms) => (ms === 8_000 ? "processing" : "not_found");
		assert.equal(await find(), undefined);
		assert.equal(at.clock.elapsed(), 20_000);
	});

	it("finds none after a minute when the list says nothing", async () => {
		at.read = () => MISSING;
		at.list = () => TROUBLE;
		assert.equal(await find(), undefined);
		assert.equal(at.clock.elapsed(), 60_000);
	});

	it("finds none after a minute when the list leaves it out, or is not clear about it", async () => {
		at.read = () => MISSING;
		at.list = () => LEFT_OUT;
		assert.equal(await find(), undefined);
		assert.equal(at.clock.elapsed(), 60_000);
		at.list = (ms) => (ms % 4_000 === 0 ? "not_found" : TROUBLE);
		assert.equal(await find(), undefined);
		assert.equal(at.clock.elapsed(), 120_000);
	});

	it("asks the list once each time: a second answer would not tell more", async () => {
		at.read = () => MISSING;
		at.list = () => TROUBLE;
		await find();
		assert.equal(at.asked.filter(([what]) => what === "list").length, 31);
	});

	it("throws HeyGen's 404 after a minute when the list knows the video", async () => {
		at.read = () => MISSING;
		at.list = () => "processing";
		await assert.rejects(find(), { status: 404, code: "video_not_found" });
		assert.equal(at.clock.elapsed(), 60_000);
	});

	it("does so also when the list has fallen silent since: what it knew may be a paid render", async () => {
		at.read = () => MISSING;
		at.list = (ms) => (ms < 40_000 ? "processing" : TROUBLE);
		await assert.rejects(find(), { status: 404, code: "video_not_found" });
		assert.equal(at.clock.elapsed(), 60_000);
	});

	it("does not take a gateway's 404, or a refusal, for a missing video", async () => {
		at.read = () => GATEWAY;
		at.list = () => "not_found";
		await assert.rejects(find(), { status: 404, code: undefined });
		at.read = () => ({ status: 403, code: "forbidden" });
		await assert.rejects(find(), { status: 403 });
	});

	it("ends at once when aborted while the video is asked for", async () => {
		const abort = new AbortController();
		at.read = () => {
			abort.abort(new Error("cancelled"));
			return "processing";
		};
		await assert.rejects(find(abort.signal), { message: "cancelled" });
	});

	it("ends at once when aborted, also while the list is asked", async () => {
		const abort = new AbortController();
		at.read = () => MISSING;
		at.list = () => {
			abort.abort(new Error("cancelled"));
			return "not_found";
		};
		await assert.rejects(find(abort.signal), { message: "cancelled" });
		assert.equal(at.asked.length, 2);
	});
});
