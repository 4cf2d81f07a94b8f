import assert from "node:assert/strict";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

describe("a preview", function () {
	this.timeout(180_000);
	const scene = scenario();

	it("asks HeyGen nothing, for a new video and for one that is there", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		assert.match((await project.pulumi("preview")).text, /2 to create/);
		assert.deepEqual(emulator.control.requests(), []);
		await project.up();
		emulator.control.clearRequests();
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker rests." }));
		assert.match((await project.pulumi("preview")).text, /1 to replace/);
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("copes with inputs that are not known yet, at any depth", async () => {
		const { project, emulator } = scene;
		await project.write(`
			const first = new heygen.AvatarShotsVideo("first", ${JSON.stringify(VIDEO)});
			new heygen.AvatarShotsVideo("second", {
				prompt: pulumi.interpolate\`After \${first.id}.\`,
				avatarIds: ${JSON.stringify(VIDEO.avatarIds)},
				duration: first.videoDuration,
				references: [{ url: pulumi.interpolate\`https://files.example/\${first.id}.png\` }],
				title: first.status,
			});
			new heygen.AvatarShotsVideo("third", {
				...${JSON.stringify(VIDEO)},
				references: first.id.apply((id) => [{ url: "https://files.example/" + id + ".mp4" }]),
			});`);
		const preview = await project.pulumi("preview");
		assert.equal(preview.code, 0, preview.text);
		assert.match(preview.text, /4 to create/);
		await project.up();
		assert.equal(emulator.control.paidRenders(), 3);
		assert.equal((await project.video("second")).outputs["title"], "completed");
		assert.match((await project.up()).text, /4 unchanged/);
	});

	it("refuses bad input before anything is sent, all of it at once, by property", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo({ prompt: "", avatarIds: "look", duration: 7.5, avatar_id: ["x"] }));
		const { code, text } = await project.pulumi("preview");
		assert.notEqual(code, 0);
		for (const expected of [
			/must be a text of 1 to 10,000 characters; got ""/,
			/avatarIds: must be a list of 1 to 3 different look ids; got "look"/,
			/must be a whole number of seconds from 4 to 15; got 7\.5/,
			/there is no such input; did you mean avatarIds\?/,
			/prompt: must/,
		]) {
			assert.match(text, expected);
		}
		assert.doesNotMatch(text, /\n\s+at /, "a stack trace");
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("does not print the value of a wrong input that is long or secret", async () => {
		const { project } = scene;
		await project.write(
			`new heygen.AvatarShotsVideo("hero", { ...${JSON.stringify(VIDEO)}, prompt: pulumi.secret("hush ".repeat(3000)) });`,
		);
		const { text } = await project.pulumi("preview");
		assert.match(text, /prompt: must be a text of 1 to 10,000 characters; got a text of 15,000 characters/);
		assert.doesNotMatch(text, /hush/);
	});

	it("says how to set a key that is missing", async () => {
		const { project } = scene;
		delete project.environment["HEYGEN_API_KEY"];
		await project.write(oneVideo(VIDEO));
		const { code, text } = await project.pulumi("preview");
		assert.notEqual(code, 0);
		assert.match(text, /no HeyGen API key is set: run `pulumi config set heygen:apiKey --secret`/);
	});

	it("takes the key from the stack's config before the environment", async () => {
		const { project, emulator } = scene;
		project.environment["HEYGEN_API_KEY"] = "wrong-key";
		const set = await project.pulumi("config", "set", "heygen:apiKey", emulator.apiKey, "--secret");
		assert.equal(set.code, 0, set.text);
		await project.write(oneVideo(VIDEO));
		await project.up();
	});
});
