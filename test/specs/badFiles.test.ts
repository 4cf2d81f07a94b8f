import assert from "node:assert/strict";
import { rm, symlink, truncate } from "node:fs/promises";
import { join } from "node:path";
import { lineOf, loadSpecs } from "../../specs/index.ts";
import { perTest, VIDEO } from "./support.ts";

describe("files of specs that are wrong", () => {
	const test = perTest();

	it("a folder that holds none, a glob that fits none, a file that is not there, and no name at all", async () => {
		await test.write({ "videos/notes.yaml": "a: b" });
		assert.deepEqual(test.told(["videos/", "clips/*.yaml", "a.video.yaml"]), [
			"a.video.yaml  fits no file.",
			"clips/*.yaml  fits no file.",
			"videos/  holds no spec: no file in it ends in .video.yaml or .video.yml.",
		]);
		assert.deepEqual(test.told([]), ["specs  names no spec."]);
	});

	it("one file by two links, but not one that two patterns fit", async () => {
		await test.write({ "videos/a.video.yaml": VIDEO });
		const both = ["videos", "videos/*.yaml", "./videos/a.video.yaml", join(test.folder, "videos")];
		assert.deepEqual(
			test.load(both).videos.map(({ name }) => name),
			["a"],
		);
		await symlink(join(test.folder, "videos/a.video.yaml"), join(test.folder, "videos/b.video.yaml"));
		assert.deepEqual(test.told("videos"), [
			"videos/b.video.yaml  is the same file as videos/a.video.yaml, by a link; name one of them.",
		]);
		await rm(join(test.folder, "videos/b.video.yaml"));
		await symlink(join(test.folder, "videos"), join(test.folder, "videos/again"));
		assert.deepEqual(test.told("videos"), [
			"videos/again/a.video.yaml  is the same file as videos/a.video.yaml, by a link; name one of them.",
		]);
	});

	it("an extends that goes round, leads out of the project or to nothing", async () => {
		await test.write({
			"a.video.yaml": `${VIDEO}extends: shared/b.yaml`,
			"shared/b.yaml": "extends: ../shared/c.yaml",
			"shared/c.yaml": "extends: b.yaml",
		});
		assert.deepEqual(test.told("a.video.yaml"), [
			"shared/c.yaml:1:1  extends: goes round in a circle: a.video.yaml → shared/b.yaml → shared/c.yaml → shared/b.yaml.",
		]);
		assert.deepEqual(await test.toldOf(`${VIDEO}extends: ../../../../../../../etc/passwd`), [
			"a.video.yaml:3:1  extends: ../../../../../../../etc/passwd leads out of the project's folder.",
		]);
		assert.deepEqual(await test.toldOf(`${VIDEO}extends: hose.yaml`), [
			"a.video.yaml:3:1  extends: hose.yaml is not there.",
		]);
		assert.match((await test.toldOf(`${VIDEO}extends: a.video.yaml`)).join(), /goes round in a circle/);
	});

	it("paths that leave the project, also by a link, and files that are none", async () => {
		await test.write({ "brand/a.png": "x" });
		await symlink("/etc", join(test.folder, "out"));
		const references =
			"references: [{ file: ../x.png }, { file: out/passwd }, { file: brand }, { file: brand/a.png }]";
		assert.deepEqual(await test.toldOf(`${VIDEO}${references}\ndownload: ../{{name}}.mp4`), [
			"a.video.yaml:3:16  references[0].file: ../x.png leads out of the project's folder.",
			"a.video.yaml:3:36  references[1].file: out/passwd leads out of the project's folder, by a link.",
			"a.video.yaml:3:58  references[2].file: brand is not a file.",
			'a.video.yaml:4:1  download: "../a.mp4" leads out of the program\'s folder.',
		]);
		assert.match(test.told("out/passwd").join(), /^out\/passwd {2}lies outside of the project's folder\.$/);
	});

	it("downloads that leave the program's folder, and not references that stay in the project's", async () => {
		await test.write({ "brand/a.png": "x", "shop/x": "" });
		await test.write({
			"a.video.yaml": `${VIDEO}references: [{ file: brand/a.png }]\ndownload: ../{{name}}.mp4`,
			"b.video.yaml": `${VIDEO}download: dist/../{{name}}.mp4`,
			"c.video.yaml": `${VIDEO}download: /srv/{{name}}.mp4`,
		});
		const { folder } = test;
		const where = { folder, project: folder, program: join(folder, "shop"), mostVideos: 9 };
		assert.deepEqual(loadSpecs(".", where).problems.map(lineOf), [
			'a.video.yaml:4:1  download: "../a.mp4" leads out of the program\'s folder.',
			'c.video.yaml:3:1  download: "/srv/c.mp4" leads out of the program\'s folder.',
		]);
	});

	it("paths that no system follows, each at its place and beside all others", async () => {
		await symlink("round.png", join(test.folder, "round.png"));
		const long = `${"x".repeat(300)}.png`;
		const references = `references: [{ file: round.png }, { file: ${long} }, { file: "a\\0b.png" }, { file: a.video.yaml/x }]`;
		assert.deepEqual(await test.toldOf(`${VIDEO}duration: 3\n${references}\nextends: round.png`), [
			"a.video.yaml:3:1  duration: must be a whole number of seconds from 4 to 15; got 3.",
			"a.video.yaml:4:16  references[0].file: round.png leads through links that go round in a circle.",
			`a.video.yaml:4:37  references[1].file: ${"x".repeat(200)}… is longer than a path may be.`,
			"a.video.yaml:4:353  references[2].file: ab.png holds a NUL character, which no path may.",
			"a.video.yaml:4:375  references[3].file: a.video.yaml/x leads through a file as if it were a folder.",
			"a.video.yaml:5:1  extends: round.png leads through links that go round in a circle.",
		]);
		await rm(join(test.folder, "a.video.yaml"));
		await test.write({ "b.video.yaml": `${VIDEO}duration: 3` });
		assert.deepEqual(test.told(["round.png", "x\0y", "round.png/*.yaml", long, "."]), [
			"b.video.yaml:3:1  duration: must be a whole number of seconds from 4 to 15; got 3.",
			"round.png  leads through links that go round in a circle.",
			"round.png/*.yaml  leads through links that go round in a circle.",
			`${long}  is longer than a path may be.`,
			"xy  holds a NUL character, which no path may.",
		]);
		assert.deepEqual(test.told([`{b,${"x".repeat(300)}}.video.yaml`]), [
			"b.video.yaml:3:1  duration: must be a whole number of seconds from 4 to 15; got 3.",
		]);
	});

	it("files that are not UTF-8, or too large to be specs", async () => {
		await test.write({
			"latin.video.yaml": Buffer.from("prompt: caf\xe9", "latin1"),
			"large.video.yaml": VIDEO,
		});
		await truncate(join(test.folder, "large.video.yaml"), 50 * 1024 * 1024);
		assert.deepEqual(test.told("."), [
			"large.video.yaml  has 52,428,800 bytes; a spec has at most 262,144.",
			"latin.video.yaml  is not UTF-8 text; save it as UTF-8.",
		]);
	});
});
