import assert from "node:assert/strict";
import { rm, symlink, truncate } from "node:fs/promises";
import { join } from "node:path";
import { lineOf, loadSpecs } from "../../specs/index.ts";
import { perTest, VIDEO } from "./support.ts";

describe("specs that are wrong", () => {
	const test = perTest();

	it("are told all at once, with file, line, column, path and the nearest right word", async () => {
		await test.write({
			"videos/a.video.yaml": `promt: A baker.
avatarIds: [look1]
references:
  - file: brand.png
  - { fiel: x }
duration: 16
matrix:
  aspectRatio: [16:9, 9x16]
`,
			"videos/b.video.yaml": `${VIDEO}resolution: 1080`,
		});
		assert.deepEqual(test.told("videos"), [
			`videos/a.video.yaml:1:1  promt: there is no such input; did you mean prompt?`,
			`videos/a.video.yaml:1:1  prompt: must be a text of 1 to 10,000 characters; got nothing.`,
			`videos/a.video.yaml:4:5  references[0].file: brand.png is not there.`,
			`videos/a.video.yaml:5:5  references[1]: must be one of { url }, { assetId }, { file } and { base64, mediaType }; got { fiel }.`,
			`videos/a.video.yaml:6:1  duration: must be a whole number of seconds from 4 to 15; got 16.`,
			`videos/a.video.yaml:8:23  matrix.aspectRatio[1]: must be one of "16:9", "9:16", "1:1"; got "9x16". Did you mean "9:16"?`,
			`videos/b.video.yaml:3:1  resolution: must be one of "720p", "1080p"; got "1080". Did you mean "1080p"?`,
		]);
	});

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

	it("two with one name", async () => {
		await test.write({ "a/hero.video.yaml": VIDEO, "b/hero.video.yaml": VIDEO });
		assert.deepEqual(test.told("."), [
			"b/hero.video.yaml:1:1  name: hero is the name of a video of a/hero.video.yaml too; give another name.",
		]);
	});

	it("a name that is none", async () => {
		await test.write({ "my video.video.yaml": VIDEO });
		assert.match(
			test.told(".").join(),
			/^my video\.video\.yaml:1:1 {2}name: must be a name of up to 100 .*; got "my video"\.$/,
		);
		assert.match((await test.toldOf(`${VIDEO}name: ../x`)).join(), /name: must be a name of up to 100/);
	});

	it("a matrix of 100,000 combinations, told without making them, and many that are too many together", async () => {
		const list = `[${Array.from({ length: 10 }, (_, at) => at).join(", ")}]`;
		const matrix = ["a", "b", "c", "d", "e"].map((name) => `  ${name}: ${list}`).join("\n");
		const wide = ["f", "g", "h", "i", "j", "k", "l", "m", "n"].map((name) => `  ${name}: ${list}`).join("\n");
		const spec = `${VIDEO}matrix:\n${matrix}\n`;
		assert.deepEqual(await test.toldOf(spec), [
			"a.video.yaml:3:1  matrix: describes 100,000 videos, more than the 5,000 that are allowed at once.",
		]);
		assert.match((await test.toldOf(`${spec}${wide}`)).join(), /describes 100,000,000,000,000 videos/);
		await test.write({ "a.video.yaml": VIDEO, "b.video.yaml": VIDEO, "c.video.yaml": VIDEO });
		assert.deepEqual(test.told(".", 2), [
			"specs  describe 3 videos together, more than the 2 that are allowed at once.",
		]);
		assert.deepEqual(test.told(".", 3), []);
	});

	it("variables that are not defined, not used, not named or not filled in", async () => {
		const text = (prompt: string, rest: string) => `prompt: "${prompt}"\navatarIds: [look1]\n${rest}\n`;
		assert.deepEqual(await test.toldOf(text("In {{ctiy}}, {{x y}} and {{ city.", "vars: { city: Oslo }")), [
			"a.video.yaml:1:1  prompt: holds {{ or }} that belongs to no {{variable}}. The variable {{ctiy}} is not defined; did you mean {{city}}? {{x y}} is no variable: a name is a letter, then letters, digits, _ and -.",
			"a.video.yaml:3:9  vars.city: is used in none of prompt, promptSuffix, title and download.",
		]);
		assert.deepEqual(await test.toldOf(text("{{zzzzzzz}}", "vars: { city: Oslo }\ntitle: '{{city}}'")), [
			"a.video.yaml:1:1  prompt: the variable {{zzzzzzz}} is not defined; there are city, name.",
		]);
		assert.deepEqual(
			await test.toldOf(text("A {{b}} {{c}}", "vars: { b: '{{c}}', name: x, duration: 5, c: 1 }")),
			[
				"a.video.yaml:1:1  prompt: the variable {{b}} is not defined; did you mean {{c}}?",
				"a.video.yaml:3:9  vars.b: holds {{, and variables are not filled in within variables.",
				"a.video.yaml:3:21  vars.name: is a word of specs; name the variable otherwise.",
				"a.video.yaml:3:30  vars.duration: is a word of specs; name the variable otherwise.",
			],
		);
		assert.deepEqual(await test.toldOf(text("A", "matrix: { aspectRatios: [16:9] }")), [
			"a.video.yaml:3:11  matrix.aspectRatios: is used in none of prompt, promptSuffix, title and download; did you mean aspectRatio?",
		]);
	});

	it("an inherited list that is not used, while inherited variables may go unused", async () => {
		await test.write({
			"house.yaml": "vars: { film: 35 mm }\nmatrix: { city: [Oslo, Rome] }\n",
			"a.video.yaml": `${VIDEO}extends: house.yaml\n`,
		});
		assert.deepEqual(test.told("a.video.yaml"), [
			"house.yaml:2:11  matrix.city: is used in none of prompt, promptSuffix, title and download.",
		]);
	});

	it("variables where none is filled in, which would be sent as they are written", async () => {
		const text = `prompt: In {{city}}.
avatarIds: ["{{look}}"]
vars: { city: Oslo }
callbackUrl: https://hooks.example.net/{{city}}
references: [{ file: "{{city}}.png" }, { url: "https://example.net/{{ city }}.png" }]
wait: { timeout: "{{city}}" }
matrix: { callbackId: ["{{name}}"] }
`;
		const only = "holds {{, and variables are filled in only in prompt, promptSuffix, title and download.";
		assert.deepEqual(await test.toldOf(text), [
			`a.video.yaml:2:13  avatarIds[0]: ${only}`,
			`a.video.yaml:4:1  callbackUrl: ${only}`,
			`a.video.yaml:5:16  references[0].file: ${only}`,
			`a.video.yaml:5:42  references[1].url: ${only}`,
			'a.video.yaml:6:9  wait.timeout: must be a duration from 1s to 24h such as 90s, 60m or 1h30m; got "{{city}}".',
			`a.video.yaml:7:24  matrix.callbackId[0]: ${only}`,
		]);
		assert.deepEqual(await test.toldOf('prompt: A\nlooks: ["{{who}}"]\nvars: { who: x }'), [
			`a.video.yaml:2:9  looks[0]: ${only}`,
			"a.video.yaml:3:9  vars.who: is used in none of prompt, promptSuffix, title and download.",
		]);
		const json = `callbackId: '{"order":{"id":7}}'\n`;
		assert.equal((await test.videosOf(`${VIDEO}${json}`))[0]?.inputs["callbackId"], '{"order":{"id":7}}');
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

	it("two combinations with one path, also where they differ in case alone", async () => {
		const text = (download: string) =>
			`prompt: In {{city}}.\navatarIds: [look1]\nmatrix: { city: [Oslo, oslo] }\ndownload: ${download}\n`;
		assert.deepEqual(await test.toldOf(text("dist/hero.mp4")), [
			"a.video.yaml:4:1  download: a-Oslo and a-oslo would both be written to dist/hero.mp4; use {{name}} in the path.",
		]);
		assert.equal((await test.toldOf(text("dist/{{name}}.mp4"))).length, 1);
	});

	it("two combinations that would pay for one picture, or that have one name", async () => {
		assert.deepEqual(await test.toldOf(`${VIDEO}title: In {{city}}\nmatrix: { city: [Oslo, Rome] }`), [
			"a.video.yaml:4:1  matrix: a-Oslo and a-Rome would be the same picture, paid for twice; for another take give a list of revision.",
		]);
		assert.deepEqual(await test.toldOf(`${VIDEO}matrix: { revision: [1, 2] }`), []);
		assert.deepEqual(
			await test.toldOf("prompt: In {{city}}.\navatarIds: [look1]\nmatrix: { city: [New York, New-York] }"),
			["a.video.yaml:3:1  matrix: two combinations are called a-New-York; change one of their values."],
		);
	});

	it("an exclude that fits nothing, everything, or names no list", async () => {
		const text = (exclude: string) =>
			`prompt: In {{city}}.\navatarIds: [look1]\nmatrix: { city: [Oslo, Rome] }\nexclude: ${exclude}\n`;
		assert.deepEqual(await test.toldOf(text("[{ city: Olso }, { town: Rome }, {}]")), [
			'a.video.yaml:4:13  exclude[0].city: "Olso" is not in matrix.city; did you mean Oslo?',
			"a.video.yaml:4:29  exclude[1].town: there is no list town in the matrix.",
			"a.video.yaml:4:43  exclude[2]: names no value to exclude.",
		]);
		assert.deepEqual(await test.toldOf(text("[{ city: Oslo }, { city: Rome }]")), [
			"a.video.yaml:4:1  exclude: leaves no combination of the matrix.",
		]);
	});

	it("what is given twice, and looks by id and by name", async () => {
		assert.deepEqual(
			await test.toldOf(`${VIDEO}looks: [Desk]\naspectRatio: 1:1\nmatrix: { aspectRatio: [16:9] }`),
			[
				"a.video.yaml:3:1  looks: is given in another place of this spec too; leave one of them out.",
				"a.video.yaml:5:11  matrix.aspectRatio: is given in another place of this spec too; leave one of them out.",
			],
		);
		assert.deepEqual(await test.toldOf("prompt: A baker."), [
			"a.video.yaml:1:1  avatarIds: give one to three ids of looks, or their names as looks.",
		]);
	});

	it("one look named twice", async () => {
		const fault = 'must be a list of 1 to 3 different names of looks; got ["Desk","Desk"].';
		assert.deepEqual(await test.toldOf("prompt: A baker.\nlooks: [Desk, Desk]"), [
			`a.video.yaml:2:1  looks: ${fault}`,
		]);
		assert.deepEqual(await test.toldOf("prompt: A baker.\nmatrix: { looks: [[Desk], [Desk, Desk]] }"), [
			`a.video.yaml:2:27  matrix.looks[1]: ${fault}`,
		]);
	});

	it("inputs that are wrong together, and texts that are too long once they are filled in", async () => {
		assert.deepEqual(await test.toldOf(`${VIDEO}autoDuration: true\nmatrix: { duration: [5, 6] }`), [
			"a.video.yaml:4:22  matrix.duration[0]: must be left out when autoDuration is true: HeyGen chooses the length.",
			"a.video.yaml:4:25  matrix.duration[1]: must be left out when autoDuration is true: HeyGen chooses the length.",
		]);
		const long = "x".repeat(6_000);
		assert.deepEqual(await test.toldOf(`prompt: "{{a}}{{a}}"\navatarIds: [look1]\nvars: { a: ${long} }`), [
			"a.video.yaml:1:1  prompt: must be a text of 1 to 10,000 characters; got a text of 12,000 characters.",
		]);
	});

	it("former names that another video has", async () => {
		await test.write({
			"a.video.yaml": `${VIDEO}formerName: b`,
			"b.video.yaml": VIDEO,
			"c.video.yaml": `${VIDEO}formerName: [old, d]`,
			"d2.video.yaml": `${VIDEO}formerName: old`,
		});
		assert.deepEqual(test.told("."), [
			"a.video.yaml:3:1  formerName: b is the name of a video of b.video.yaml, now or before.",
			"d2.video.yaml:3:1  formerName: old is the name of a video of c.video.yaml, now or before.",
		]);
	});

	it("warn of what a terminal obeys, and print none of it", async () => {
		await test.write({ "a.video.yaml": `prompt: "a\\e[31mb"\navatarIds: [look1]\n` });
		const { ok, problems } = test.load(".");
		assert.ok(ok);
		assert.match(problems[0]?.reason ?? "", /U\+001B/);
		assert.match(
			(await test.toldOf(`"\\e[31mx": 1\n${VIDEO}`)).join(),
			/^a\.video\.yaml:1:1 {2}x: there is no such input/,
		);
	});

	it("objects of a program, by their place", () => {
		assert.deepEqual(
			test.told([{ name: "a", prompt: "x", avatarIds: ["l"], duration: "8" }, { prompt: "y" }, 5 as never]),
			[
				'specs[0]  duration: must be a whole number of seconds from 4 to 15; got "8".',
				"specs[1]  name: give the spec a name.",
				"specs[2]  must be a path, a glob or an object; got 5.",
			],
		);
		assert.deepEqual(test.told({ hero: { prompt: "x", avatarId: "l" }, b: null as never }), [
			'specs.b  must be an object such as { prompt: "…" }; got nothing.',
			"specs.hero  avatarId: there is no such input; did you mean avatarIds?",
			"specs.hero  avatarIds: give one to three ids of looks, or their names as looks.",
		]);
		assert.deepEqual(test.told(undefined as never), [
			"specs[0]  must be a path, a glob or an object; got nothing.",
		]);
	});
});
