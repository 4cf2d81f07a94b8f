import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { providersIn, startUp, until } from "../support/processes.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

/** A program of a user's: a video and its file, which other resources may use. */
const withFile = (file: object = {}, video: object = {}) => `
	const hero = new heygen.AvatarShotsVideo("hero", ${JSON.stringify({ ...VIDEO, ...video })});
	const file = new heygen.VideoFile("file", {
		videoId: hero.id, path: "dist/hero.mp4", ...${JSON.stringify(file)} });
	exports.asset = file.asset.apply((asset) => [asset.constructor.name, String(require("fs").statSync("dist/hero.mp4").size)]);
`;

describe("a video's file on the real engine", function () {
	this.timeout(240_000);
	const scene = scenario();
	const paid = () => scene.emulator.control.paidRenders();
	const target = (path = "dist/hero.mp4") => join(scene.project.folder, path);
	const sha256 = async (path?: string) =>
		createHash("sha256")
			.update(await readFile(target(path)))
			.digest("hex");

	it("is written after its video, left alone by a second run, and removed by destroy", async () => {
		const { project, emulator } = scene;
		await project.write(withFile());
		const preview = await project.pulumi("preview");
		assert.equal(preview.code, 0, preview.text);
		assert.ok(!existsSync(target("dist")), "a preview writes nothing");

		await project.up();
		const { id, outputs } = await project.video("file");
		assert.deepEqual(
			[id, outputs["sha256"], outputs["mimeType"], outputs["account"], outputs["kind"]],
			["dist/hero.mp4", await sha256(), "video/mp4", "emulator", "video"],
		);
		const { stdout } = await project.pulumi("stack", "output", "asset", "--json");
		assert.deepEqual(JSON.parse(stdout), ["FileAsset", String(outputs["sizeBytes"])]);

		emulator.control.clearRequests();
		assert.match((await project.up()).text, /3 unchanged/);
		assert.deepEqual(emulator.control.requests(), [], "a run without a change asks nothing");
		assert.match((await project.pulumi("refresh", "--yes")).text, /3 unchanged/);

		const state = await project.rawState("--show-secrets");
		const hero = JSON.stringify(await project.video("file", "--show-secrets"));
		assert.match(state, /Signature=/, "the video's own link is a secret of its own");
		assert.doesNotMatch(hero, /Signature=/);
		assert.doesNotMatch(await project.rawState(), /Signature=/);

		const gone = await project.pulumi("destroy", "--yes");
		assert.equal(gone.code, 0, gone.text);
		assert.deepEqual(await readdir(target("dist")), []);
	});

	it("is fetched again when it is missing or altered, and the video is not rendered again", async () => {
		const { project } = scene;
		await project.write(withFile());
		await project.up();
		const first = await sha256();

		await rm(target("dist"), { recursive: true });
		const preview = await project.pulumi("preview");
		assert.equal(preview.code, 0, preview.text);
		assert.match(preview.text, /1 to update/);
		assert.ok(!existsSync(target("dist")), "a preview writes nothing");
		assert.match((await project.up()).text, /1 updated/);
		assert.equal(await sha256(), first);

		await writeFile(target(), "altered");
		const refreshed = await project.pulumi("refresh", "--yes");
		assert.match(refreshed.text, /1 updated/);
		assert.equal((await project.video("file")).outputs["drift"], "altered");
		assert.match((await project.up()).text, /1 updated/);
		assert.equal((await project.video("file")).outputs["drift"], undefined);
		assert.equal(await sha256(), first);
		assert.match((await project.up()).text, /3 unchanged/);
		assert.equal(paid(), 1);
	});

	it("follows its video, its kind and its path", async () => {
		const { project } = scene;
		await project.write(withFile());
		await project.up();
		const first = await sha256();
		await project.up("--replace", (await project.video("file")).urn);
		assert.equal(await sha256(), first, "a forced replacement keeps the file that it wrote itself");

		await project.write(withFile({}, { prompt: "A baker sweeps the floor." }));
		const { text } = await project.up();
		assert.match(text, /1 updated/);
		const second = await sha256();
		assert.notEqual(second, first);
		assert.equal((await project.video("file")).outputs["sha256"], second);

		const program = withFile(
			{ path: "public/a.jpg", kind: "thumbnail" },
			{ prompt: "A baker sweeps the floor." },
		);
		await project.write(program.replace('dist/hero.mp4").size', 'public/a.jpg").size'));
		await project.up();
		assert.deepEqual(await readdir(target("dist")), []);
		assert.equal((await readFile(target("public/a.jpg"))).readUInt16BE(0), 0xffd8);
		assert.equal((await project.video("file")).id, "public/a.jpg");
		assert.equal(paid(), 2);
	});

	it("is kept by destroy when it was changed, and does not take the place of a file that is not its own", async () => {
		const { project } = scene;
		await mkdir(target("dist"));
		await writeFile(target(), "mine");
		await project.write(withFile());
		assert.match((await project.upFails()).text, /"dist\/hero\.mp4" is there already, with other bytes/);
		assert.equal(await readFile(target(), "utf8"), "mine");
		await project.write(withFile({ overwrite: true }));
		await project.up();
		assert.equal(await sha256(), (await project.video("file")).outputs["sha256"]);

		await writeFile(target(), "mine again");
		const gone = await project.pulumi("destroy", "--yes");
		assert.equal(gone.code, 0, gone.text);
		assert.match(gone.text, /"dist\/hero\.mp4" is kept: it was changed after it was written/);
		assert.equal(await readFile(target(), "utf8"), "mine again");
		assert.equal(paid(), 1);
	});

	it("ends whole when its download breaks half-way, and when its link expires", async () => {
		const { project, emulator } = scene;
		const route = "/files/{id}/{name}";
		emulator.control.intercept({ route, action: { breakAfterBytes: 10_000 } });
		emulator.control.intercept({ route, action: { status: 403, text: "expired" } });
		emulator.control.intercept({ route, action: "no-ranges" });
		await project.write(withFile());
		const { text } = await project.up();
		assert.doesNotMatch(text, /Signature=/);
		assert.equal(await sha256(), (await project.video("file")).outputs["sha256"]);
		assert.deepEqual(
			emulator.control.requests().flatMap((request) => (request.route === route ? [request.status] : [])),
			[200, 403, 200],
		);
		assert.deepEqual(await readdir(target("dist")), ["hero.mp4"]);

		emulator.control.clearRequests();
		emulator.control.intercept({ route, action: { breakAfterBytes: 10_000 } });
		await rm(target());
		await project.up();
		assert.equal(await sha256(), (await project.video("file")).outputs["sha256"]);
		assert.deepEqual(
			emulator.control.requests().flatMap((request) => (request.route === route ? [request.status] : [])),
			[200, 206],
		);
		assert.equal(paid(), 1);
	});

	it("leaves no part of it when it fails, and is written by the next run", async () => {
		const { project, emulator } = scene;
		emulator.control.intercept({
			route: "/files/{id}/{name}",
			action: { status: 200, html: "<html>Sign in</html>" },
		});
		await project.write(withFile());
		const { text } = await project.upFails();
		assert.match(
			text,
			/"dist\/hero\.mp4" was not written: what came is not an MP4, but looks like a web page/,
		);
		assert.doesNotMatch(text, /Signature=|\n\s+at /);
		assert.deepEqual(await readdir(target("dist")), []);
		await project.up();
		assert.ok(existsSync(target()));
		assert.equal(paid(), 1);
	});

	it("leaves no part of it when the CLI is killed meanwhile, and is written by the next run", async () => {
		const { project, emulator } = scene;
		emulator.control.intercept({ route: "/files/{id}/{name}", action: { delaySeconds: 25 } });
		await project.write(withFile());
		const cli = await startUp(project);
		await until(() => existsSync(target("dist")) && readdirSync(target("dist")).length === 1);
		assert.match(readdirSync(target("dist")).join(), /^\.hero\.mp4\.[0-9a-f]{6}-\d+-[0-9a-f]{8}\.part$/);
		cli.kill("SIGKILL");
		await once(cli, "exit");
		await until(() => providersIn(project.folder).length === 0);
		assert.deepEqual(readdirSync(target("dist")), []);

		await project.pulumi("cancel", "--yes");
		await project.up();
		assert.deepEqual(readdirSync(target("dist")), ["hero.mp4"]);
		assert.equal(paid(), 1);
	});

	it("refuses two files at one path, and one outside, before anything is paid", async () => {
		const { project } = scene;
		const refused = async (program: string) => {
			await project.write(program);
			const { code, text } = await project.pulumi("preview");
			assert.notEqual(code, 0);
			return text;
		};
		assert.match(
			await refused(withFile({ path: "../hero.mp4" })),
			/"\.\.\/hero\.mp4" leads out of the program's folder/,
		);
		const two = `
			new heygen.VideoFile("one", { videoId: "x", path: "a.mp4" });
			new heygen.VideoFile("two", { videoId: "x", path: "./a.mp4" });`;
		assert.match(await refused(two), /path: "(\.\/)?a\.mp4" is the path of the video file "(one|two)" too/);
		assert.equal(paid(), 0);
	});
});
