import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createTestWebhook } from "../../heygen/webhooks/index.ts";

const folder = join(import.meta.dirname, "..", "..", "examples", "webhooks");
const secret = "whsec_test";

describe("the example's receiver of webhooks", () => {
	let receiver: ChildProcessByStdio<null, Readable, Readable> | undefined;

	afterEach(async () => {
		if (receiver === undefined || receiver.exitCode !== null) return;
		const exited = once(receiver, "exit");
		receiver.kill();
		await exited;
	});

	const start = (environment: Record<string, string>) => {
		const env = { ...process.env, PORT: "0", ...environment };
		const child = spawn(process.execPath, ["receiver.ts"], {
			cwd: folder,
			env,
			stdio: ["ignore", "pipe", "pipe"],
		});
		receiver = child;
		return child;
	};

	it("prints one line per event, leaves duplicates out and refuses what is forged", async () => {
		const { stdout } = start({ HEYGEN_WEBHOOK_SECRET: secret });
		const lines = createInterface(stdout)[Symbol.asyncIterator]();
		const nextLine = async () => (await lines.next()).value ?? "";
		const [, url = ""] = /^Receiving at (http:\S+)$/.exec(String(await nextLine())) ?? [];
		const send = async (init: RequestInit) => (await fetch(url, init)).status;

		const data = { video_id: "v1", url: "https://files2.heygen.ai/v1.mp4?Signature=x" };
		const completed = createTestWebhook({ type: "avatar_video.success", data, secret });
		assert.equal(await send(completed), 204);
		assert.equal(await send(completed), 200);
		assert.equal(await send({ ...completed, body: completed.body.replace("v1", "v2") }), 401);
		const failure = { video_id: "v3", msg: "render failed" };
		assert.equal(await send(createTestWebhook({ type: "avatar_video.fail", data: failure, secret })), 204);
		assert.equal(await send(createTestWebhook({ type: "batch.finished", data: {}, secret })), 204);

		assert.equal(await nextLine(), "v1 is completed");
		assert.equal(await nextLine(), "v3 failed: render failed");
		assert.equal(await nextLine(), "batch.finished: nothing to do");
	});

	it("says what to set when it has no secret", async () => {
		const child = start({ HEYGEN_WEBHOOK_SECRET: "" });
		let text = "";
		child.stderr.on("data", (chunk) => {
			text += chunk;
		});
		const [code] = await once(child, "close");
		assert.equal(code, 1);
		assert.match(text, /Set HEYGEN_WEBHOOK_SECRET/);
	});
});
