import assert from "node:assert/strict";
import { EMULATOR_LOOKS } from "../../emulator/index.ts";
import { lookIdOf } from "../../sdk/specLooks.ts";
import { perTest, says } from "./functions/support.ts";

describe("a look that a spec names", () => {
	const test = perTest();
	const video = { name: "launch-Oslo", looksAt: "videos/launch.video.yaml:3:1" };

	it("is the id that HeyGen has for it", async () => {
		await test.emulator();
		assert.equal(await lookIdOf("Our founder", video), EMULATOR_LOOKS.ownPhoto);
	});

	it("is told with the spec and the video where HeyGen has none, beside at most three that are near", async () => {
		await test.emulator();
		await says(
			lookIdOf("Our presenterr", video),
			/^videos\/launch\.video\.yaml:3:1 {2}looks of launch-Oslo: no look has the name "Our presenterr"\. The nearest of 18 are "Our presenter" \("\w+"\), "[^"]+" \("\w+"\), "[^"]+" \("\w+"\)\.$/,
		);
	});
});
