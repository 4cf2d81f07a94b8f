import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../../scripts/childProcess.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const main = fileURLToPath(new URL("../../../cli/main.ts", import.meta.url));

describe("pulumi-heygen gallery on the real engine", function () {
	this.timeout(180_000);
	const scene = scenario();

	it("shows the videos of the project it is run in, at the price of its config", async () => {
		const { project, emulator } = scene;
		await project.write(
			`const hero = new heygen.AvatarShotsVideo("hero", ${JSON.stringify(VIDEO)});
			new heygen.VideoFile("hero", { videoId: hero.id, path: "dist/hero.mp4" });`,
		);
		const set = await project.pulumi("config", "set", "heygen:pricePerVideoUsd", "4.5");
		assert.equal(set.code, 0, set.text);
		await project.up();
		emulator.control.clearRequests();
		const gallery = (...flags: string[]) =>
			run(process.execPath, [main, "gallery", ...flags], {
				cwd: project.folder,
				env: project.environment,
				timeoutSeconds: 60,
			});
		const { code, stdout, stderr } = await gallery();
		assert.deepEqual([code, stderr], [0, ""]);
		assert.equal(stdout, "gallery.html: 1 video, 1 with a picture.\n");
		const page = await readFile(join(project.folder, "gallery.html"), "utf8");
		assert.match(page, /Videos of shop\/dev.*1 video at USD 4\.50.*src="dist\/hero\.mp4"/s);
		assert.deepEqual(emulator.control.requests(), [], "HeyGen is asked nothing");

		const missing = await gallery("--stack", "none");
		assert.equal(missing.code, 1);
		assert.match(missing.stderr, /^`pulumi stack export` failed: .*none/);
		assert.doesNotMatch(missing.stderr, /^\s+at /m);
	});
});
