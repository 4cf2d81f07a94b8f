import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const KEY = "sk_V2_do-not-show-me";

describe("secrets", function () {
	this.timeout(180_000);
	const scene = scenario({
		accounts: [{ apiKey: KEY, username: "me", balanceUsd: 100 }],
		signedPreviews: true,
	});

	it("are in no state, no log and no recording: neither the key nor a presigned link", async () => {
		const { project, emulator } = scene;
		const shown: string[] = [];
		const see = async (...args: string[]) => {
			shown.push((await project.pulumi(...args)).text);
		};
		await project.pulumi("config", "set", "heygen:apiKey", KEY, "--secret");
		const signed = { ...VIDEO, references: [{ url: "https://h/a.png?X-Amz-Signature=abc&Signature=abc" }] };
		await project.write(oneVideo(signed));
		await see("preview");
		await see("up", "--yes", "--skip-preview");
		shown.push(await project.rawState());
		await see("refresh", "--yes");
		emulator.control.failNextRender({
			code: "download_failed",
			message: `${KEY} https://h/x.mp4?Signature=abc`,
		});
		await project.write(oneVideo({ ...VIDEO, prompt: "A baker rests." }));
		await see("up", "--yes");
		await project.write(oneVideo({ ...VIDEO, revision: 2 }));
		await see("up", "--yes");
		shown.push(await project.rawState());
		shown.push(await readFile(join(project.folder, "Pulumi.dev.yaml"), "utf8"));
		await see("destroy", "--yes");
		const withoutReferences = emulator.control.requests().map(({ body: _, ...request }) => request);
		shown.push(JSON.stringify(withoutReferences));

		assert.equal(emulator.control.paidRenders(), 2);
		assert.ok(shown.join("").length > 10_000);
		const text = shown.join("\n");
		assert.ok(!text.includes(KEY), around(text, KEY));
		assert.doesNotMatch(text, /Signature=|Key-Pair-Id=/, around(text, "Signature="));
	});

	it("are shown to those who ask the stack for them", async () => {
		const { project } = scene;
		project.environment["HEYGEN_API_KEY"] = KEY;
		await project.write(
			`exports.link = new heygen.AvatarShotsVideo("hero", ${JSON.stringify(VIDEO)}).videoUrl;`,
		);
		assert.match((await project.up()).text, /link: \[secret\]/);
		const { stdout } = await project.pulumi("stack", "output", "link", "--show-secrets");
		assert.equal((await fetch(stdout.trim())).status, 200);
	});
});

const around = (text: string, part: string) => {
	const at = text.indexOf(part);
	return at < 0 ? "" : text.slice(Math.max(0, at - 300), at + 100);
};
