import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf } from "../../support/samples.ts";
import { startUp, until } from "../support/processes.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const NAMES = ["intro", "kitchen", "oven", "shop", "street", "tray"];

/** What specs take from the one file that they extend. */
const SHARED = { avatarIds: VIDEO.avatarIds, duration: VIDEO.duration };

/** How often something is told after a run, beside what its lines have shown meanwhile. */
const told = (text: string, what: RegExp) => text.split("Diagnostics:")[1]?.match(what)?.length ?? 0;

describe("the most renders that one run may start", function () {
	this.timeout(240_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const style = (text: string) =>
		scene.project.write(
			NAMES.map((name) => oneVideo({ ...VIDEO, prompt: `${name}, ${text}.` }, {}, name)).join("\n"),
		);

	it("holds in the preview, which names all of them, and in an update that skips it", async () => {
		const { project } = scene;
		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "6";
		await style("by day");
		await project.up();
		assert.equal(paid(), 6);

		await style("by night");
		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "2";
		const preview = await project.pulumi("preview");
		assert.notEqual(preview.code, 0, preview.text);
		assert.match(
			preview.text,
			/The update would render 6 videos \(USD 42\.00\), and heygen:maxNewVideos allows 2: intro, kitchen, oven, shop, street, tray\./,
		);
		assert.match(preview.text, /`pulumi config set heygen:maxNewVideos 6`/);
		assert.match(preview.text, /6 to replace/);
		assert.doesNotMatch(preview.text, /\n\s+at /, "a stack trace");
		assert.equal(told(preview.text, /The update would render/g), 1);

		const { text } = await project.upFails("--parallel", "4");
		assert.equal(told(text, /This run wants to render at least [3-6] videos/g), 1, text);
		assert.match(text, /heygen:maxNewVideos allows 2 in one run, see the error of /);
		assert.equal(paid(), 6);

		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "6";
		const raised = await project.pulumi("up", "--yes");
		assert.equal(raised.code, 0, raised.text);
		assert.equal(paid(), 12);
	});

	it("counts new videos whose inputs are not known yet, and only those that the run is to make", async () => {
		const { project, emulator } = scene;
		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "2";
		await writeFile(join(project.folder, "logo.png"), pngOf(200));
		const videos = NAMES.map((name) => `make(${JSON.stringify(name)});`).join("\n");
		await project.write(`
			const logo = new heygen.Asset("logo", { source: "logo.png" });
			const make = (name) => new heygen.AvatarShotsVideo(name, {
				...${JSON.stringify(VIDEO)},
				references: [{ assetId: logo.id }],
			});
			${videos}`);
		const preview = await project.pulumi("preview");
		assert.notEqual(preview.code, 0, preview.text);
		assert.match(preview.text, /would render 6 videos \(USD 42\.00\)/);
		const tray = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:AvatarShotsVideo::tray";
		const some = await project.pulumi("preview", "--target", tray, "--target-dependents");
		assert.doesNotMatch(some.text, /would render/);
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("does not count what an interrupted run has paid", async () => {
		const { project, emulator } = scene;
		emulator.control.settings.renderSeconds = 3600;
		await project.write(
			NAMES.slice(0, 3)
				.map((name) => oneVideo(VIDEO, {}, name))
				.join("\n"),
		);
		const cli = await startUp(project);
		await until(() => paid() === 3);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		await project.pulumi("cancel", "--yes");
		emulator.control.clock.advance(3600);
		emulator.control.settings.renderSeconds = 0.4;

		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "3";
		await project.write(NAMES.map((name) => oneVideo(VIDEO, {}, name)).join("\n"));
		const { text } = await project.up();
		assert.equal(told(text, /Took over the finished video/g), 3, text);
		assert.equal(paid(), 6);
	});

	it("holds when one edit of the style that specs extend would render all their videos anew", async () => {
		const { project, emulator } = scene;
		const [specs, cities] = [20, ["Lisbon", "Oslo", "Rome"]];
		const folder = join(project.folder, "videos");
		await mkdir(folder);
		const light = (text: string) =>
			writeFile(join(folder, "style.yaml"), JSON.stringify({ ...SHARED, promptSuffix: text }));
		await light("Warm light.");
		for (let at = 0; at < specs; at++) {
			const spec = { extends: "style.yaml", prompt: `Tray ${at} in {{city}}.`, matrix: { city: cities } };
			await writeFile(join(folder, `tray${at}.video.yaml`), JSON.stringify(spec));
		}
		await project.write('new heygen.VideoSet("spring", { specs: "videos" });');
		emulator.control.settings.concurrency = 50;
		project.environment["HEYGEN_CONCURRENCY"] = "50";
		await project.up("--parallel", "50");
		assert.equal(paid(), 60);

		await light("Cold light.");
		project.environment["HEYGEN_MAX_NEW_VIDEOS"] = "20";
		for (const args of [["preview"], ["up", "--yes"]]) {
			const { code, text } = await project.pulumi(...args);
			assert.notEqual(code, 0, text);
			assert.match(
				text,
				/would render 60 videos \(USD 420\.00\), and heygen:maxNewVideos allows 20: spring-tray0-/,
			);
			assert.equal(paid(), 60);
		}
		const { text } = await project.upFails("--parallel", "32");
		assert.match(text, /This run wants to render at least (2[1-9]|3[0-3]) videos/);
		assert.equal(paid(), 60);
	});
});
