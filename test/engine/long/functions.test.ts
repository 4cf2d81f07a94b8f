import assert from "node:assert/strict";
import { EMULATOR_LOOKS } from "../../../emulator/index.ts";
import { scenario } from "../support/scenario.ts";

/** A program that waits for promises. */
const waiting = (body: string) =>
	`(async () => {\n${body}\n})().then((outputs) => Object.assign(exports, outputs));`;

describe("functions in a program", function () {
	this.timeout(180_000);
	const scene = scenario({ signedPreviews: true });

	it("choose a look by name for a render, in a preview too, and keep presigned links secret", async () => {
		const { project, emulator } = scene;
		await project.write(`
			const look = heygen.getAvatarLookOutput({ name: pulumi.output("Our founder"), ownership: "private" });
			const hero = new heygen.AvatarShotsVideo("hero", { prompt: "A baker.", avatarIds: [look.id], duration: 4 });
			const video = heygen.getVideoOutput({ id: hero.id });
			exports.link = video.videoUrl;
			exports.still = video.thumbnailUrl;
			exports.status = video.status;
			exports.balance = heygen.getAccountOutput().balance;`);
		const preview = await project.pulumi("preview", "--diff");
		assert.equal(preview.code, 0, preview.text);
		assert.match(preview.text, new RegExp(EMULATOR_LOOKS.ownPhoto));
		assert.deepEqual(
			emulator.control
				.requests()
				.map(({ method, route }) => `${method} ${route}`)
				.sort(),
			["GET /v3/avatars/looks", "GET /v3/users/me"],
		);

		const { text } = await project.up();
		for (const output of [/link +: \[secret\]/, /still +: \[secret\]/, /status +: "completed"/]) {
			assert.match(text, output);
		}
		const { outputs } = await project.video();
		assert.deepEqual(outputs["avatarIds"], [EMULATOR_LOOKS.ownPhoto]);
		assert.doesNotMatch(await project.rawState(), /Signature=/);
	});

	it("cost one request for 200 videos that ask for the same look", async () => {
		const { project, emulator } = scene;
		await project.write(
			waiting(`
			const ask = () => heygen.getAvatarLook({ name: "Our founder" });
			const looks = await Promise.all(Array.from({ length: 200 }, ask));
			for (const [at, look] of looks.entries()) {
				new heygen.AvatarShotsVideo("video" + at, { prompt: "Scene " + at + ".", avatarIds: [look.id] });
			}`),
		);
		const preview = await project.pulumi("preview");
		assert.match(preview.text, /201 to create/);
		assert.equal(emulator.control.requests().length, 1);
	});

	it("fail with a message and no stack, and with the name of the function", async () => {
		const { project } = scene;
		const fails = async (program: string, expected: RegExp) => {
			await project.write(program);
			const { code, text } = await project.pulumi("preview");
			assert.notEqual(code, 0);
			assert.match(text, expected);
			assert.doesNotMatch(text, /\n\s+at |unhandled|RunError/, "a stack trace");
			assert.equal(text.match(expected)?.length, 1, text);
		};
		const nobody = 'name: "Our fonder"';
		const expected = /error: getAvatarLook: no look has the name "Our fonder"\. .*"Our founder" \("\w{32}"\)/;
		await fails(`exports.id = heygen.getAvatarLookOutput({ ${nobody} }).id;`, expected);
		await fails(waiting(`return { id: (await heygen.getAvatarLook({ ${nobody} })).id };`), expected);
		delete project.environment["HEYGEN_API_KEY"];
		await fails(
			"heygen.getAccountOutput();",
			/error: getAccount: heygen:apiKey: no HeyGen API key is set: run/,
		);
	});
});
