import assert from "node:assert/strict";
import {
	createTestWebhook,
	type WebhookHandlerOptions,
	WrongSignature,
	webhookHandler,
} from "../../../heygen/webhooks/index.ts";

const secret = "whsec_test";
const MIB = 1024 * 1024;

describe("a receiver of webhooks on the web standard", () => {
	let errors: unknown[];

	beforeEach(() => {
		errors = [];
	});

	const receiver = (changes: Partial<WebhookHandlerOptions> = {}) =>
		webhookHandler({
			secrets: secret,
			onEvent: () => undefined,
			onError: (error) => void errors.push(error),
			...changes,
		});
	const webhook = () => createTestWebhook({ type: "avatar_video.success", data: { video_id: "v1" }, secret });
	const streaming = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void) =>
		new Request("http://service.example/", {
			method: "POST",
			headers: webhook().headers,
			body: new ReadableStream({ pull }),
			duplex: "half",
		});
	it("reads no more than the limit of a body without end", async () => {
		let sent = 0;
		const request = streaming((controller) => {
			sent += 65_536;
			controller.enqueue(new Uint8Array(65_536));
		});
		assert.equal((await receiver().fetch(request)).status, 413);
		assert.ok(sent <= MIB + 4 * 65_536, `${sent} bytes were read`);
	});
	it("answers 400 when the body breaks off", async () => {
		const request = streaming((controller) => controller.error(new TypeError("terminated")));
		assert.equal((await receiver().fetch(request)).status, 400);
		assert.equal(errors.length, 1);
	});
	it("names the cause when the body was read before", async () => {
		const request = new Request("http://service.example/", webhook());
		await request.json();
		assert.equal((await receiver().fetch(request)).status, 401);
		assert.ok(errors[0] instanceof WrongSignature);
		assert.match(errors[0].message, /was read, and perhaps parsed/);
	});
});
