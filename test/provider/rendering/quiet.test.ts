import assert from "node:assert/strict";
import { createQuiet } from "../../../provider/rendering/quiet.ts";
import { type SteppedClock, steppedClock } from "../../support/steppedClock.ts";

describe("the quiet after the engine has shown its resources", () => {
	let clock: SteppedClock;
	beforeEach(() => {
		clock = steppedClock();
	});
	afterEach(() => clock.dispatcher.destroy());

	it("lasts from the beginning on where nothing is heard", async () => {
		const quiet = createQuiet(clock);
		await clock.sleep(300);
		await quiet.lasts(500);
		assert.equal(clock.elapsed(), 500);
		await quiet.lasts(500);
		assert.equal(clock.elapsed(), 500);
	});

	it("begins anew with each resource that is heard of", async () => {
		const quiet = createQuiet(clock);
		let over = false;
		const lasting = quiet.lasts(500).then(() => {
			over = true;
		});
		for (let looks = 0; looks < 5; looks++) {
			await clock.sleep(499);
			quiet.heard();
		}
		assert.equal(over, false);
		await lasting;
		assert.equal(clock.elapsed(), 5 * 499 + 500);
	});

	it("is not waited for any longer than the run lasts", async () => {
		const abandoned = new AbortController();
		const waiting = createQuiet(clock).lasts(500, abandoned.signal);
		abandoned.abort(new Error("the engine is gone"));
		await assert.rejects(waiting, /the engine is gone/);
	});
});
