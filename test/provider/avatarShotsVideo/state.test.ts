import assert from "node:assert/strict";
import { cameOut } from "../../../provider/avatarShotsVideo/state.ts";
import { testContext } from "../../support/context.ts";

describe("what the state says came out", () => {
	it("holds neither the key nor a presigned link, also where HeyGen repeats them", () => {
		const failure_message = "sk_V2_secret cannot fetch https://h/x.mp4?Signature=abc for you";
		const video = { id: "v1", status: "failed", failure_code: "https://h/?sig=1", failure_message };
		const { failureCode, failureMessage } = cameOut(video, {}, testContext({ apiKey: "sk_V2_secret" }));
		assert.equal(failureMessage, "[secret] cannot fetch https://h/x.mp4 for you");
		assert.equal(failureCode, "https://h/");
	});

	it("is not lost to times that are none", () => {
		for (const odd of [1e20, -1e20, 1_785_400_000_000_000, Number.MAX_VALUE]) {
			const video = { id: "v1", status: "completed", created_at: odd, completed_at: 1_785_400_000 };
			const { createdAt, completedAt } = cameOut(video, {}, testContext());
			assert.deepEqual([createdAt, completedAt], [undefined, "2026-07-30T08:26:40.000Z"]);
		}
	});
});
