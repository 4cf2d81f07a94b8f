import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.ts";
import { asset } from "../../provider/asset/index.ts";
import type { Lifecycle, Values } from "../../provider/lifecycle.ts";
import { webhookEndpoint } from "../../provider/webhookEndpoint/index.ts";
import { quickClock } from "../support/clock.ts";
import { testContext } from "../support/context.ts";
import { pngOf } from "../support/samples.ts";

describe("a key that comes to be another account's within a run", () => {
	let emulator: Emulator;
	let folder: string;
	beforeEach(async () => {
		const accounts = [
			{ apiKey: "emulator-key", username: "marketing" },
			{ apiKey: "other-key", username: "sales" },
		];
		emulator = await startEmulator({ accounts });
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-test-"));
		await writeFile(join(folder, "logo.png"), pngOf(500));
	});
	afterEach(async () => {
		await emulator?.close();
		await rm(folder, { recursive: true, force: true });
	});
	const run = () => testContext({ baseUrl: emulator.url, apiKey: emulator.apiKey, clock: quickClock() });

	const there = () => [
		...emulator.control.assets().flatMap(({ id, deleted }) => (deleted ? [] : [id])),
		...emulator.control.webhookEndpoints().map(({ id }) => id),
	];

	for (const [name, lifecycle, inputs] of [
		["an asset", asset as Lifecycle<Values>, () => ({ source: join(folder, "logo.png") })],
		[
			"a webhook endpoint",
			webhookEndpoint as Lifecycle<Values>,
			() => ({ url: "https://hooks.example.net", events: ["avatar_video.fail"] }),
		],
	] as const) {
		it(`loses no track of ${name}`, async () => {
			const context = run();
			const checked = (await lifecycle.check(inputs(), undefined, context)).inputs;
			const { id, state } = await lifecycle.create(checked, context);
			const later = run();
			await later.renders.account();
			emulator.control.giveKey(emulator.apiKey, "sales");
			const message = new RegExp(`${id} was not .*"marketing" when this run began.*"sales" now`, "s");
			await assert.rejects(lifecycle.read(id, state, later), message);
			await assert.rejects(lifecycle.delete(id, state, later), message);
			assert.deepEqual(there(), [id]);
		});
	}
});
