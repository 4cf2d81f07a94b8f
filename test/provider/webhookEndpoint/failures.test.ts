import assert from "node:assert/strict";
import { HeyGenRefusal } from "../../../heygen/errors.ts";
import { refusal } from "../../../provider/webhookEndpoint/failures.ts";
import { testContext } from "../../support/context.ts";

describe("why a webhook endpoint was not registered", () => {
	const told = async (param: string) => {
		const error = new HeyGenRefusal("no", {
			call: "POST /v3/webhooks/endpoints",
			status: 400,
			code: "x",
			param,
		});
		return (await refusal(error, "https://h", testContext()))?.message ?? "";
	};

	it("is told beside the input that HeyGen names, by the input's own name", async () => {
		assert.match(await told("entity_id"), /not registered\. entityId: POST/);
		assert.match(await told("url"), /not registered\. url: POST/);
	});

	it("is told also when HeyGen names one that objects have anyway", async () => {
		assert.match(await told("constructor"), /not registered\. constructor: POST/);
	});
});
