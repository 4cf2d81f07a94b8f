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
});
