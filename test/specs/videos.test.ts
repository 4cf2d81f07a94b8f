import assert from "node:assert/strict";
import fc from "fast-check";
import { nameOf, partOfName } from "../../specs/names.ts";
import { perTest, VIDEO } from "./support.ts";

const LAUNCH = `# What the README shows.
prompt: >
  A baker carries a tray through a bright kitchen in {{city}}; slow push-in.
avatarIds: [3c1d0e5fa9b24d13b7c6a8d4e2f01975]
references: [{ file: ../brand/kitchen.png }]
duration: 8
matrix:
  aspectRatio: [16:9, 9:16]
  city: [Lisbon, Oslo]
exclude: [{ aspectRatio: 9:16, city: Oslo }]
download: dist/{{name}}.mp4
`;

describe("the videos of specs", () => {
	const test = perTest();
	const namesOf = async (text: string) => (await test.videosOf(text)).map(({ name }) => name);

	it("are what the file says, one for each combination that is not excluded", async () => {
		await test.write({ "videos/launch.video.yaml": LAUNCH, "brand/kitchen.png": "x" });
		const { videos, problems, specs } = test.load("videos/**/*.video.yaml");
		assert.deepEqual(problems, []);
		assert.equal(specs, 1);
		assert.deepEqual(
			videos.map(({ name }) => name),
			["launch-16x9-Lisbon", "launch-16x9-Oslo", "launch-9x16-Lisbon"],
		);
		assert.deepEqual(videos[2], {
			name: "launch-9x16-Lisbon",
			formerNames: ["launch-9x16"],
			inputs: {
				prompt: "A baker carries a tray through a bright kitchen in Lisbon; slow push-in.",
				avatarIds: ["3c1d0e5fa9b24d13b7c6a8d4e2f01975"],
				references: [{ file: "brand/kitchen.png" }],
				duration: 8,
				aspectRatio: "9:16",
			},
			looks: undefined,
			download: "dist/launch-9x16-Lisbon.mp4",
		});
	});

	it("have names that depend on the spec and the values alone", async () => {
		const text = (matrix: string) => `prompt: "{{a}} {{b}}"\navatarIds: [l]\nmatrix: ${matrix}\n`;
		const names = await namesOf(text("{ a: [1, 2], b: [x] }"));
		assert.deepEqual(names, ["a-1-x", "a-2-x"]);
		assert.deepEqual(await namesOf(text("{ b: [y, x], a: [2, 3, 1] }")), [
			"a-2-y",
			"a-2-x",
			"a-3-y",
			"a-3-x",
			"a-1-y",
			"a-1-x",
		]);
	});

	for (const [value, name] of [
		["16:9", "16x9"],
		["New York", "New-York"],
		["São Paulo", "São-Paulo"],
		["東京", "東京"],
		["../../etc", "..-..-etc-c55b2163"],
		["a/b", "a-b-"],
		["", ""],
		["x".repeat(200), "x".repeat(40)],
		[5, "5"],
		[true, "true"],
		[["look1", "look2"], ""],
	] as const) {
		it(`call ${JSON.stringify(value).slice(0, 30)} something that is safe in a path`, () => {
			const part = partOfName(value);
			assert.ok(part.startsWith(name.slice(0, 8)), part);
			assert.match(part, /^[\p{L}\p{N}\p{M}._-]+$/u);
		});
	}

	it("have different names for different values, but for spaces and ratios", () => {
		const value = fc
			.string({ unit: "binary" })
			.filter((text) => !/[ -]/.test(text) && !/^\d+[:x]\d+$/.test(text));
		fc.assert(
			fc.property(value, value, (a, b) => {
				const [one, other] = [a, b].map((text) => text.normalize("NFC"));
				assert.equal(partOfName(a) === partOfName(b), one === other);
				assert.doesNotMatch(nameOf("s", [{ value: a, first: true }]), /[/\\:\p{Cc}]/u);
			}),
		);
	});

	it("take defaults from the nearest file that gives them, and its paths from where it lies", async () => {
		await test.write({
			"shared/brand/logo.png": "x",
			"shared/house.yaml": `extends: base.yaml
promptSuffix: Shot on {{film}}, in {{light}}.
vars: { film: 35 mm, light: noon light, unused: x }
references: [{ file: brand/logo.png }]
looks: [Desk]
matrix: { aspectRatio: [16:9, 1:1] }
name: not inherited`.replace("\nname: not inherited", ""),
			"shared/base.yaml": "duration: 5\nresolution: 1080p\npromptSuffix: never seen\n",
			"videos/a.video.yaml": `extends: ../shared/house.yaml
prompt: |
  A baker.
vars: { light: evening light }
avatarIds: [l]
aspectRatio: 9:16
duration: 6
`,
		});
		const { videos, problems } = test.load("videos");
		assert.deepEqual(problems, []);
		assert.deepEqual(
			videos.map(({ name, inputs, looks }) => ({ name, inputs, looks })),
			[
				{
					name: "a",
					inputs: {
						prompt: "A baker. Shot on 35 mm, in evening light.",
						avatarIds: ["l"],
						references: [{ file: "shared/brand/logo.png" }],
						aspectRatio: "9:16",
						duration: 6,
						resolution: "1080p",
					},
					looks: undefined,
				},
			],
		);
	});

	it("keep what they were called before, each name for one video", async () => {
		const text =
			"prompt: In {{city}}.\navatarIds: [l]\nformerName: [old, older]\nmatrix: { city: [Oslo, Rome] }\n";
		const videos = await test.videosOf(text);
		assert.deepEqual(
			videos.map(({ name, formerNames }) => [name, formerNames]),
			[
				["a-Oslo", ["old-Oslo", "older-Oslo", "a"]],
				["a-Rome", ["old-Rome", "older-Rome"]],
			],
		);
		await test.write({
			"b.video.yaml": text.replace("Oslo, ", "").replace("old, older", "a"),
			"a.video.yaml": VIDEO,
		});
		assert.deepEqual(
			test.load(".").videos.map(({ name, formerNames }) => [name, formerNames]),
			[
				["a", []],
				["b-Rome", ["a-Rome", "b"]],
			],
		);
	});

	it("are the same whatever the line endings and the form of the YAML", async () => {
		await test.write({
			"brand/kitchen.png": "x",
			"videos/a.video.yaml": LAUNCH,
			"windows/a.video.yaml": `\ufeff${LAUNCH.replaceAll("\n", "\r\n")}`,
		});
		assert.deepEqual(test.load("windows").videos, test.load("videos").videos);
	});

	it("come from objects of a program as from files", () => {
		const spec = {
			prompt: "In {{city}}.",
			avatarIds: ["l"],
			matrix: { city: ["Oslo"], duration: [5] },
			title: undefined,
		};
		const inputs = { prompt: "In Oslo.", avatarIds: ["l"], duration: 5 };
		for (const given of [{ hero: spec }, [{ name: "hero", ...spec }]]) {
			const { videos, problems } = test.load(given);
			assert.deepEqual(problems, []);
			assert.deepEqual(
				videos.map(({ name }) => name),
				["hero-Oslo-5"],
			);
			assert.deepEqual(JSON.parse(JSON.stringify(videos[0]?.inputs)), inputs);
		}
	});

	it("are found in folders with odd names, and not in node_modules", async () => {
		await test.write({
			"my [new] {videos}/a.video.yaml": VIDEO,
			"my [new] {videos}/node_modules/x/b.video.yaml": VIDEO,
		});
		assert.deepEqual(test.told("my [new] {videos}"), []);
		assert.deepEqual(
			test.load("my [new] {videos}/").videos.map(({ name }) => name),
			["a"],
		);
	});
});
