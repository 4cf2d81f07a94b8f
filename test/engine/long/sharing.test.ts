import assert from "node:assert/strict";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

describe("a video has one holder", function () {
	this.timeout(180_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const aliveIds = () =>
		scene.emulator.control.videos().flatMap((video) => (video.deleted ? [] : [video.id]));

	it("also when another one is made under the name that it had before", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const renamed = oneVideo(VIDEO, { aliases: [{ name: "hero" }] }, "intro");
		await project.write(renamed);
		await project.up();
		await project.write(`${renamed}\n${oneVideo(VIDEO)}`);
		await project.up();
		const ids = [(await project.video("intro")).id, (await project.video()).id];
		assert.notEqual(ids[0], ids[1]);
		assert.deepEqual([paid(), aliveIds()], [2, ids]);
	});

	it("and adoptVideoId of what another one holds is refused", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const { id } = await project.video();
		await project.write(
			`const hero = new heygen.AvatarShotsVideo("hero", ${JSON.stringify(VIDEO)});
			new heygen.AvatarShotsVideo("second", ${JSON.stringify({ ...VIDEO, adoptVideoId: id })}, { dependsOn: hero });`,
		);
		assert.match((await project.upFails()).text, /adoptVideoId: .*held by the resource "hero"/);
		assert.deepEqual([paid(), aliveIds(), (await project.resources()).length], [1, [id], 1]);
	});

	it("and the old one goes when a new replacementTrigger comes with a refresh", async () => {
		const { project } = scene;
		await project.write(oneVideo(VIDEO, { replacementTrigger: "1" }));
		await project.up();
		await project.write(oneVideo(VIDEO, { replacementTrigger: "2" }));
		const { text } = await project.up("--refresh");
		assert.doesNotMatch(text, /is kept at HeyGen/);
		assert.deepEqual([paid(), aliveIds()], [2, [(await project.video()).id]]);
	});
});

describe("a new take with a key of another account", function () {
	this.timeout(180_000);
	const scene = scenario({
		accounts: [
			{ apiKey: "emulator-key", username: "marketing" },
			{ apiKey: "other-key", username: "sales" },
		],
	});

	it("is refused where the run has seen another video of the stack", async () => {
		const { project, emulator } = scene;
		const both = (trigger: string) =>
			`const other = new heygen.AvatarShotsVideo("other", ${JSON.stringify(VIDEO)});
			new heygen.AvatarShotsVideo("hero", ${JSON.stringify(VIDEO)}, { dependsOn: other, replacementTrigger: "${trigger}" });`;
		await project.write(both("1"));
		await project.up();
		project.environment["HEYGEN_API_KEY"] = "other-key";
		await project.write(both("2"));
		assert.match((await project.upFails()).text, /belongs to the HeyGen account "marketing"/);
		assert.equal(emulator.control.acceptedRenders(), 2);
	});
});
