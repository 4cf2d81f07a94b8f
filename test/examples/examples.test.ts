import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "../../scripts/childProcess.ts";
import { root, runExample } from "./runExample.ts";

describe("the examples, by the command that their README begins with", function () {
	this.timeout(180_000);
	let folder: string;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-examples-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	const example = async (...args: string[]): Promise<Outcome> => {
		const ran = await runExample(folder, args);
		assert.equal(ran.code, 0, `${ran.stdout}${ran.stderr}${ran.problem ?? ""}`);
		return ran;
	};

	it("brand-assets: a look by name, an asset, a file as reference, and the finished files", async () => {
		const { stdout } = await example("brand-assets");
		assert.match(stdout, /\+ 5 created/);
		const dist = join(root, "examples", "brand-assets", "dist");
		assert.equal((await readFile(join(dist, "hero.mp4"))).toString("latin1", 4, 8), "ftyp");
		assert.equal((await readFile(join(dist, "hero.jpg"))).toString("hex", 0, 2), "ffd8");
		assert.match((await example("brand-assets")).stdout, /5 unchanged/);
		await example("brand-assets", "destroy");
		await assert.rejects(readFile(join(dist, "hero.mp4")), { code: "ENOENT" });
	});

	it("specs: four videos of two files, as files on disk", async () => {
		const { stdout } = await example("specs");
		assert.match(stdout, /\+ 10 created/);
		const dist = join(root, "examples", "specs", "dist");
		for (const name of ["launch-16x9-Lisbon", "launch-16x9-Oslo", "launch-1x1-Lisbon", "opening-hours"]) {
			assert.equal((await readFile(join(dist, `${name}.mp4`))).toString("latin1", 4, 8), "ftyp");
		}
		assert.match((await example("specs")).stdout, /10 unchanged/);
		await example("specs", "destroy");
	});

	it("gitops: three videos of two files, which share one style", async () => {
		assert.match((await example("gitops")).stdout, /\+ 8 created/);
		const dist = join(root, "examples", "gitops", "dist");
		assert.equal((await readFile(join(dist, "launch-Oslo.mp4"))).toString("latin1", 4, 8), "ftyp");
		await example("gitops", "destroy");
	});

	it("webhooks: a receiver that verifies the event of a real render", async () => {
		const { stdout } = await example("webhooks");
		const [, video] = /^emulator: rendering video ([0-9a-f]{32})/m.exec(stdout) ?? [];
		assert.match(stdout, new RegExp(`^receiver: ${video} is completed$`, "m"));
		assert.doesNotMatch(stdout, /whsec_/);
		await example("webhooks", "destroy");
	});
});
