import assert from "node:assert/strict";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf } from "../../support/samples.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const LOGO = 'exports.id = new heygen.Asset("logo", { source: "logo.png" }).id;';

describe("an asset on the real engine", function () {
	this.timeout(180_000);
	const scene = scenario();
	const put = (name: string, fill = 0) => writeFile(join(scene.project.folder, name), pngOf(2_000, fill));
	const assets = () => scene.emulator.control.assets().filter(({ deleted }) => !deleted);
	const uploads = () => scene.emulator.control.uploads();

	it("is uploaded once, kept while its bytes stay the same, replaced when they change, deleted by destroy", async () => {
		const { project } = scene;
		await put("logo.png");
		await project.write(LOGO);
		await project.up();
		const [first] = assets();
		const { id, outputs } = await project.named("logo");
		assert.equal(id, first?.id);
		assert.deepEqual(
			[outputs["mimeType"], outputs["sizeBytes"], outputs["sha256"], outputs["account"]],
			["image/png", 2_000, first?.sha256, "emulator"],
		);

		await mkdir(join(project.folder, "brand"));
		await rename(join(project.folder, "logo.png"), join(project.folder, "brand", "mark.png"));
		await project.write(LOGO.replace("logo.png", "brand/mark.png"));
		assert.match((await project.up()).text, / 2 unchanged/);
		await project.up("--refresh");
		assert.equal(uploads(), 1);

		await put(join("brand", "mark.png"), 1);
		const preview = await project.pulumi("preview", "--diff");
		assert.match(preview.text, /sha256/);
		assert.equal(uploads(), 1);
		await project.up();
		assert.deepEqual([uploads(), assets().length], [2, 1]);
		assert.notEqual(assets()[0]?.id, id);

		await project.up("--replace", (await project.named("logo")).urn);
		assert.equal((await project.named("logo")).id, assets()[0]?.id);

		await project.pulumi("destroy", "--yes");
		assert.deepEqual(assets(), []);
	});

	it("takes Pulumi's own assets, and keeps no bytes in the state", async () => {
		const { project, emulator } = scene;
		await put("logo.png");
		await writeFile(join(project.folder, "remote.png"), pngOf(500, 3));
		await project.write(`
			const { FileAsset, StringAsset, RemoteAsset } = pulumi.asset;
			const text = "1\\n00:00:00,000 --> 00:00:01,500\\nHello from the subtitles\\n";
			new heygen.Asset("file", { source: new FileAsset("logo.png") });
			new heygen.Asset("text", { source: new StringAsset(text) });
			new heygen.Asset("remote", { source: new RemoteAsset("${emulator.url}/looks/4daf6271ce5073b9d4f6182b3bc4d56e/preview.jpg?X-Amz-Signature=5ec1e7") });
		`);
		await project.up();
		assert.deepEqual(
			assets()
				.map(({ mimeType }) => mimeType)
				.sort(),
			["application/x-subrip", "image/jpeg", "image/png"],
		);
		assert.match((await project.up()).text, /unchanged/);
		assert.equal(uploads(), 3);
		for (const { outputs } of await project.resources()) assert.equal(outputs["source"], undefined);
		assert.doesNotMatch(await project.rawState(), /5ec1e7/);
		assert.doesNotMatch((await project.pulumi("preview", "--diff", "--show-sames")).text, /5ec1e7/);
	});

	it("is one asset when the run that uploads it is interrupted", async () => {
		const { project, emulator } = scene;
		await put("logo.png");
		await project.write(LOGO);
		emulator.control.intercept({ method: "POST", route: "/v3/assets", times: 9, action: "lose-answer" });
		await project.upFails();
		emulator.control.settings.idempotencyHours = 24;
		await project.up();
		assert.deepEqual(
			assets().map(({ id }) => id),
			[(await project.named("logo")).id],
		);
	});

	it("is uploaded again when it was deleted at HeyGen, without a new render of the video that uses it", async () => {
		const { project, emulator } = scene;
		await put("logo.png");
		await project.write(`
			const logo = new heygen.Asset("logo", { source: "logo.png" });
			new heygen.AvatarShotsVideo("hero", { ...${JSON.stringify(VIDEO)}, references: [{ assetId: logo.id }] });
		`);
		await project.up();
		const before = (await project.named("logo")).id;
		await fetch(`${emulator.url}/v3/assets/${before}`, {
			method: "DELETE",
			headers: { "x-api-key": emulator.apiKey },
		});
		await project.up("--refresh");
		assert.notEqual((await project.named("logo")).id, before);
		assert.equal(emulator.control.paidRenders(), 1);
		assert.match((await project.up()).text, / 3 unchanged/);

		await put("logo.png", 1);
		await project.up();
		assert.equal(emulator.control.paidRenders(), 2);
	});

	it("leaves the video that uses it alone when it is deleted before it is uploaded again", async () => {
		const { project, emulator } = scene;
		await put("logo.png");
		const uploadedAgain = (trigger: string) =>
			`const logo = new heygen.Asset("logo", { source: "logo.png" }, { deleteBeforeReplace: true, replacementTrigger: "${trigger}" });
			new heygen.AvatarShotsVideo("hero", { ...${JSON.stringify(VIDEO)}, references: [{ assetId: logo.id }] });`;
		await project.write(uploadedAgain("1"));
		await project.up();
		const { id } = await project.named("logo");
		await project.write(uploadedAgain("2"));
		await project.up();
		assert.notEqual((await project.named("logo")).id, id);
		assert.equal((await project.video()).id, emulator.control.videos()[0]?.id);
		assert.deepEqual([emulator.control.paidRenders(), emulator.control.videos()[0]?.deleted], [1, false]);
	});

	it("can be looked up without being managed", async () => {
		const { project, emulator } = scene;
		await put("logo.png");
		await project.write(LOGO);
		await project.up();
		const { id } = await project.named("logo");
		const found = `exports.url = heygen.Asset.get("found", ${JSON.stringify(id)}).url;`;
		await project.write(`${LOGO}\n${found}`);
		assert.match((await project.up()).text, /2 unchanged/);
		const url = (await project.pulumi("stack", "output", "url")).stdout.trim();
		assert.ok(url.startsWith(`${emulator.url}/`) && url.includes(id), url);
		await project.write(LOGO);
		await project.up();
		assert.deepEqual(
			assets().map((asset) => asset.id),
			[id],
			"what is looked up is not deleted",
		);
	});

	it("is refused at preview when the file is missing, before anything is sent", async () => {
		const { project } = scene;
		await project.write(LOGO);
		const { text, code } = await project.pulumi("preview");
		assert.notEqual(code, 0);
		assert.match(text, /source: there is no file logo\.png; paths start at the program's folder\./);
		assert.equal(scene.emulator.control.requests().length, 0);
	});
});

describe("a file as a reference on the real engine", function () {
	this.timeout(180_000);
	const scene = scenario();

	it("is uploaded once for two videos, and renders anew only when its bytes change", async () => {
		const { project, emulator } = scene;
		const two = (file: string) => {
			const video = { ...VIDEO, references: [{ file }] };
			return `${oneVideo(video, {}, "one")}\n${oneVideo({ ...video, prompt: "Another." }, {}, "other")}`;
		};
		await writeFile(join(project.folder, "a.png"), pngOf(2_000));
		await project.write(two("a.png"));
		const preview = await project.pulumi("preview");
		assert.equal(preview.code, 0, preview.text);
		assert.equal(emulator.control.uploads(), 0);
		await project.up();
		assert.deepEqual([emulator.control.uploads(), emulator.control.paidRenders()], [1, 2]);
		const [asset] = emulator.control.assets();
		for (const { body } of emulator.control.videos()) {
			assert.deepEqual(body.references, [{ type: "asset_id", asset_id: asset?.id }]);
		}

		await writeFile(join(project.folder, "moved.png"), pngOf(2_000));
		await project.write(two("moved.png"));
		await project.up();
		assert.deepEqual([emulator.control.uploads(), emulator.control.paidRenders()], [1, 2]);

		await writeFile(join(project.folder, "moved.png"), pngOf(2_000, 1));
		await project.up();
		assert.deepEqual([emulator.control.uploads(), emulator.control.paidRenders()], [2, 4]);
	});

	it("is not looked at where ignoreChanges leaves the video as it is", async () => {
		const { project, emulator } = scene;
		const video = { ...VIDEO, references: [{ file: "a.png" }] };
		await writeFile(join(project.folder, "a.png"), pngOf(2_000));
		await project.write(oneVideo(video));
		await project.up();
		for (const ignoreChanges of [["references"], ["*"]]) {
			await writeFile(join(project.folder, "a.png"), pngOf(2_000, 1));
			const { prompt } = ignoreChanges[0] === "*" ? { prompt: "Another." } : video;
			await project.write(oneVideo({ ...video, prompt }, { ignoreChanges }));
			assert.match((await project.up()).text, / 2 unchanged/);
		}
		assert.deepEqual([emulator.control.uploads(), emulator.control.paidRenders()], [1, 1]);
	});

	it("keeps the video unsubmitted when it cannot be uploaded", async () => {
		const { project, emulator } = scene;
		await writeFile(join(project.folder, "a.png"), pngOf(2_000));
		await project.write(oneVideo({ ...VIDEO, references: [{ file: "a.png" }] }));
		emulator.control.intercept({ route: "/v3/assets", times: 9, action: { status: 413 } });
		const { text } = await project.upFails();
		assert.match(text, /The video was not submitted and nothing was paid\. references\[0\]\.file: /);
		assert.equal(emulator.control.acceptedRenders(), 0);
	});
});
