import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EMULATOR_LOOKS } from "../../../emulator/looks.ts";
import { scenario } from "../support/scenario.ts";

describe("a set of videos", function () {
	this.timeout(600_000);
	const scene = scenario();

	const write = (file: string, spec: object) =>
		writeFile(join(scene.project.folder, "videos", file), JSON.stringify(spec));
	const spec = (matrix: object, more: object = {}) => ({
		prompt: "A baker carries a tray through a kitchen in {{city}}.",
		avatarIds: [EMULATOR_LOOKS.studioDesk],
		duration: 4,
		matrix,
		download: "dist/{{name}}.mp4",
		...more,
	});
	const accepted = () => scene.emulator.control.acceptedRenders();
	async function videos() {
		const all = await scene.project.resources();
		const found = all.filter(({ type }) => type.endsWith(":AvatarShotsVideo"));
		return new Map(found.map(({ urn, id, inputs }) => [urn.split("::").at(-1), { urn, id, inputs }]));
	}

	beforeEach(async () => {
		await mkdir(join(scene.project.folder, "videos"));
		await scene.project.write(`
			const set = new heygen.VideoSet("spring", { specs: "videos/**/*.video.yaml" });
			exports.pages = set.videoPageUrls;`);
	});

	it("renders each combination once, and a new one alone, whatever is moved or renamed", async () => {
		const { project } = scene;
		await write("launch.video.yaml", spec({ city: ["Lisbon", "Oslo"] }));
		await project.up();
		const before = await videos();
		assert.deepEqual([...before.keys()].sort(), ["spring-launch-Lisbon", "spring-launch-Oslo"]);
		for (const { urn, inputs } of before.values()) {
			assert.match(urn, /heygen:index:VideoSet\$pulumi-nodejs:dynamic/);
			assert.equal(inputs["resourceUrn"], urn, "the submission key is made of it");
		}
		const file = (name: string) => existsSync(join(project.folder, "dist", `${name}.mp4`));
		assert.ok(file("launch-Lisbon") && file("launch-Oslo"));
		assert.equal(accepted(), 2);

		await write("launch.video.yaml", spec({ city: ["Oslo", "Rome", "Lisbon"] }));
		await project.up();
		assert.equal(accepted(), 3);
		const keyOf = (all: typeof before, name: string) => all.get(name)?.inputs["submissionKey"];
		const wider = await videos();
		for (const [name, { id }] of before) {
			assert.equal(wider.get(name)?.id, id);
			assert.equal(keyOf(wider, name ?? ""), keyOf(before, name ?? ""));
		}

		const cities = ["Rome", "Lisbon", "Oslo"];
		const folder = join(project.folder, "videos");
		await rename(join(folder, "launch.video.yaml"), join(folder, "start.video.yaml"));
		await write("start.video.yaml", spec({ city: cities }, { formerName: "launch" }));
		await project.up();
		assert.equal(accepted(), 3);
		assert.ok(file("start-Oslo") && !file("launch-Oslo"));

		await write("start.video.yaml", spec({ aspectRatio: ["16:9"], city: cities }));
		await project.write(`
			const specs = "videos/**/*.video.yaml";
			new heygen.VideoSet("summer", { specs }, { aliases: [{ name: "spring" }] });`);
		await project.up();
		assert.equal(accepted(), 3, "the first value of a new list takes over what is there");
		const after = await videos();
		assert.equal(after.get("summer-start-16x9-Oslo")?.id, before.get("spring-launch-Oslo")?.id);
	});

	it("names the spec and the video of a look that is not there", async () => {
		const { project } = scene;
		const { avatarIds: _, ...rest } = spec({ city: ["Lisbon"] });
		await write("launch.video.yaml", { looks: ["Our presenterr"], ...rest });
		const { text } = await project.upFails();
		assert.match(
			text,
			/videos\/launch\.video\.yaml:1:\d+ {2}looks of launch-Lisbon: no look has the name "Our presenterr"\. The nearest of \d+ are "Our presenter" \(/,
		);
		assert.equal(accepted(), 0);
	});

	it("ends the program with all that is wrong, before anything is registered", async () => {
		const { project } = scene;
		await write("launch.video.yaml", spec({ city: ["Lisbon"] }, { durration: 5, resolution: "1080" }));
		const { text } = await project.upFails();
		assert.match(
			text,
			/^ *videos\/launch\.video\.yaml:1:\d+ {2}durration: there is no such input; did you mean duration\?$/m,
		);
		assert.match(text, /resolution: must be one of "720p", "1080p"; got "1080"\. Did you mean "1080p"\?$/m);
		assert.doesNotMatch(text, /^\s+at /m);
		assert.deepEqual(await project.resources(), []);
	});
});
