import assert from "node:assert/strict";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { FIRST_RENDER } from "../../../provider/capSettings.ts";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { QUIET_MS } from "../../../provider/rendering/cap.ts";
import { testContext } from "../../support/context.ts";
import { steppedClock } from "../../support/steppedClock.ts";

const KNOWN = { prompt: "A baker carries a tray.", avatarIds: ["look1"] };
const LATER = { ...KNOWN, avatarIds: [unknown] };
const limited = () => testContext({ environment: { HEYGEN_MAX_NEW_VIDEOS: "3" } });
const isMarked = (inputs: Values, context = limited(), olds?: Values) =>
	checkWith(undefined, inputs, olds, context).inputs[FIRST_RENDER] === true;

describe("a video whose inputs a preview does not know", () => {
	it("is marked for the preview's count where it is new and renders are limited", () => {
		assert.ok(isMarked(LATER));
		assert.ok(!isMarked(LATER, testContext()), "without a limit");
		assert.ok(!isMarked(KNOWN), "its key tells what is known");
	});

	it("is not marked where there is one already: it may turn out unchanged", () => {
		const olds = checkWith(undefined, KNOWN, undefined, limited()).inputs;
		const context = limited();
		assert.ok(!isMarked(LATER, context, olds));
		assert.ok(!isMarked(LATER, context), "asked again without the old inputs, as for a replacement");
	});
});

describe("checking a video", () => {
	it("keeps the renders that wait to be counted waiting: another one may be wanted", async () => {
		const clock = steppedClock();
		const context = testContext({ clock, environment: { HEYGEN_MAX_NEW_VIDEOS: "3" } });
		const quiet = context.renders.quiet.lasts(QUIET_MS);
		await clock.sleep(QUIET_MS - 100);
		checkWith(undefined, KNOWN, undefined, context);
		const start = clock.elapsed();
		await quiet;
		assert.equal(clock.elapsed() - start, QUIET_MS);
		await clock.dispatcher.destroy();
	});
});
