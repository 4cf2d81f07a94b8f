import assert from "node:assert/strict";
import { clientOf, idOf, perTest, refused } from "./support.ts";

describe("emulator: Idempotency-Key", () => {
	const { start, folder } = perTest();

	it("answers the same again, for another body too, and charges once", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const first = await client.submit({}, "a");
		const again = await client.submit({ prompt: "Something else." }, "a");
		const invalid = await client.submit({ prompt: "" }, "a");
		assert.deepEqual([again.body, invalid.body], [first.body, first.body]);
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("goes on answering it after the video was deleted", async () => {
		const client = clientOf(await start());
		const id = idOf(await client.submit({}, "a"));
		await client.delete(`/v3/videos/${id}`);
		assert.equal(idOf(await client.submit({}, "a")), id);
	});

	it("forgets a key after 24 hours", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const id = idOf(await client.submit({}, "a"));
		emulator.control.clock.advance(24 * 3600 - 60);
		assert.equal(idOf(await client.submit({}, "a")), id);
		emulator.control.clock.advance(120);
		const fresh = idOf(await client.submit({}, "a"));
		assert.notEqual(fresh, id);
		assert.equal(idOf(await client.submit({}, "a")), fresh);
	});

	it("is each account's own", async () => {
		const accounts = [
			{ apiKey: "one", username: "one" },
			{ apiKey: "two", username: "two" },
		];
		const { url } = await start({ accounts });
		const first = idOf(await clientOf({ url, apiKey: "one" }).submit({}, "a"));
		const second = idOf(await clientOf({ url, apiKey: "two" }).submit({}, "a"));
		assert.notEqual(first, second);
	});

	it("takes 1 to 255 letters, digits, and _ - : .", async () => {
		const client = clientOf(await start());
		idOf(await client.submit({}, `aZ9_-:.${"x".repeat(248)}`));
		for (const key of ["x".repeat(256), "with blank", "slash/", "ü"]) {
			refused(await client.submit({}, key), 400, "invalid_parameter");
		}
		refused(await client.call("POST", "/v3/videos", {}, { "idempotency-key": "" }), 400, "invalid_parameter");
	});

	it("answers 409 while the first request is in progress", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const held = emulator.control.intercept({ method: "POST", action: { delaySeconds: 3 } });
		const first = client.submit({}, "a");
		while (held.hits === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		refused(await client.submit({}, "a"), 409, "request_in_progress");
		const other = await client.submit({}, "b");
		assert.notEqual(idOf(other), idOf(await first));
	});

	it("does not keep refusals, unless told to", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		refused(await client.submit({ prompt: "" }, "a"), 400, "invalid_parameter", "prompt");
		idOf(await client.submit({}, "a"));
		emulator.control.settings.replayErrors = true;
		refused(await client.submit({ prompt: "" }, "b"), 400, "invalid_parameter", "prompt");
		refused(await client.submit({}, "b"), 400, "invalid_parameter", "prompt");
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("outlives a restart on the same folder", async () => {
		const data = await folder();
		const first = await start({ data });
		const id = idOf(await clientOf(first).submit({}, "a"));
		first.control.clock.advance(3600);
		await first.close();
		const second = await start({ data });
		assert.equal(idOf(await clientOf(second).submit({}, "a")), id);
		assert.equal(second.control.paidRenders(), 1);
		assert(second.control.clock.now() > Date.now() + 3_500_000, "the clock goes on where it was");
	});
});
