import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf } from "../../support/samples.ts";
import { scenario, VIDEO } from "../support/scenario.ts";
import * as troubles from "../support/troubles.ts";

describe("an account that fails while a file is fetched, another one uploaded and an endpoint changed", function () {
	this.timeout(900_000);
	const scene = scenario({ accounts: troubles.ACCOUNTS });

	const program = (events: string[]) => `
		const still = new heygen.AvatarShotsVideo("still", ${JSON.stringify(VIDEO)});
		new heygen.VideoFile("file", { videoId: still.id, path: "still.mp4", wait: { timeout: "15s" } });
		new heygen.Asset("logo", { source: "logo.png" });
		new heygen.WebhookEndpoint("hook", { url: "https://hooks.example.net", events: ${JSON.stringify(events)} });`;

	/** What the state says of each resource, but for the engine's own notes. */
	async function kept() {
		const all = await scene.project.resources("--show-secrets");
		const told = all.map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));
		return told.sort((one, other) => one.urn.localeCompare(other.urn));
	}

	it("leaves all as it was, and one plain up does all once it is mended", async () => {
		const { project, emulator } = scene;
		const [logo, file] = ["logo.png", "still.mp4"].map((name) => join(project.folder, name)) as [
			string,
			string,
		];
		await writeFile(logo, pngOf(500));
		await project.write(program(["avatar_video.fail"]));
		await project.up();
		const before = await kept();
		const atHeyGen = () => JSON.stringify([emulator.control.webhookEndpoints(), emulator.control.assets()]);
		const there = atHeyGen();

		await writeFile(logo, pngOf(600));
		await rm(file);
		await project.write(program(["avatar_video.success"]));
		for (const [name, trouble] of [
			["a key of another account", troubles.OTHER_KEY],
			["a gateway", troubles.GATEWAY],
			["an account that HeyGen wants paid first", troubles.UNPAID_ACCOUNT],
			["an account without access", troubles.LOST_ACCESS],
			["a quota", troubles.USED_UP_QUOTA],
			["a revoked key", troubles.REVOKED_KEY],
		] as const) {
			const mend = trouble.strike(scene);
			const ran = await project.pulumi("up", "--yes", "--skip-preview", "--continue-on-error");
			const errors = troubles.assertTold(ran, trouble);
			assert.deepEqual([...errors.keys()].sort(), ["file", "hook", "logo"], name);
			assert.deepEqual(await kept(), before, name);
			assert.equal(atHeyGen(), there, name);
			mend();
		}

		await project.up();
		assert.ok(existsSync(file));
		assert.deepEqual((await project.named("hook")).outputs["events"], ["avatar_video.success"]);
		assert.equal((await project.named("logo")).outputs["sizeBytes"], 600);
		assert.equal(emulator.control.acceptedRenders(), 1);
	});
});
