import assert from "node:assert/strict";
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
