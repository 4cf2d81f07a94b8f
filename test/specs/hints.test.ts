import assert from "node:assert/strict";
import { perTest, VIDEO } from "./support.ts";

describe("the hints of specs", () => {
	const test = perTest();
	const TEXT = "prompt: In {{city}}.\navatarIds: [look1]\n";
	const CITY = `${TEXT}matrix: { city: [Oslo, Rome] }\n`;

	for (const [what, text, expected] of [
		[
			"a list without brackets",
			`${TEXT}matrix:\n  city: Lisbon, Oslo\n`,
			['4:3  matrix.city: must be a list of values; got "Lisbon, Oslo". Write a list: ["Lisbon", "Oslo"].'],
		],
		[
			"an exclude without brackets",
			`${CITY}exclude: { city: Oslo }\n`,
			[
				'4:1  exclude: must be a list of mappings such as { city: Oslo }; got an object. Write a list: [{ city: "Oslo" }].',
			],
		],
		[
			"ids without brackets",
			`prompt: A\navatarIds: 3c1d0e5fa9b24d13b7c6a8d4e2f01975, 9c3e5f708192a3b41a7c3f5e9b2d4086\n`,
			[
				'2:1  avatarIds: must be a list of 1 to 3 different look ids; got a text of 66 characters. Write a list: ["3c1d0e5fa9b24d13b7c6a8d4e2f01975", "9c3e5f708192a3b41a7c3f5e9b2d4086"].',
			],
		],
		[
			"a name in the place of an id",
			"prompt: A\navatarIds: [Our presenter]\n",
			[
				'2:13  avatarIds[0]: must be a look\'s id; got "Our presenter". A name goes into looks: ["Our presenter"].',
			],
		],
		[
			"a name in a list of ids of the matrix",
			"prompt: A\nmatrix: { avatarIds: [[look1], [Our presenter]] }\n",
			[
				'2:33  matrix.avatarIds[1][0]: must be a look\'s id; got "Our presenter". A name goes into looks: ["Our presenter"].',
			],
		],
		[
			"looks that are no list",
			"prompt: A\nlooks: Our presenter\n",
			[
				'2:1  looks: must be a list of 1 to 3 different names of looks; got "Our presenter". Write a list: ["Our presenter"].',
			],
		],
		[
			"looks of the matrix that are no list",
			"prompt: A\nmatrix: { looks: Desk }\n",
			['2:11  matrix.looks: must be a list of values; got "Desk". Write a list: ["Desk"].'],
		],
		[
			"a list that is excluded from and is none",
			`${TEXT}matrix: { city: Oslo }\nexclude: [{ city: Oslo }]\n`,
			['3:11  matrix.city: must be a list of values; got "Oslo". Write a list: ["Oslo"].'],
		],
		[
			"a value that is there twice",
			`${VIDEO}matrix: { aspectRatio: [16:9, 16:9], revision: [1, 2, 1] }\n`,
			[
				'3:31  matrix.aspectRatio[1]: "16:9" is there twice.',
				'3:55  matrix.revision[2]: "1" is there twice.',
			],
		],
		[
			"a number that is excluded and is not there",
			`${VIDEO}matrix: { revision: [1, 2], duration: [5, 6] }\nexclude: [{ revision: 3 }, { duration: 7 }]\n`,
			[
				'4:13  exclude[0].revision: "3" is not in matrix.revision.',
				"4:30  exclude[1].duration: 7 is not in matrix.duration.",
			],
		],
		[
			"a misspelt variable",
			`prompt: In {{ctiy}} {{a b}} {{city}}.\navatarIds: [look1]\nvars: { city: Oslo }\n`,
			[
				"1:1  prompt: the variable {{ctiy}} is not defined; did you mean {{city}}? {{a b}} is no variable: a name is a letter, then letters, digits, _ and -.",
			],
		],
	] as const) {
		it(`name what to write, and no follow-up: ${what}`, async () => {
			assert.deepEqual(
				await test.toldOf(text),
				expected.map((line) => `a.video.yaml:${line}`),
			);
		});
	}

	it("are sorted by file, then by line and column, however the files were named", async () => {
		await test.write({
			"a.video.yaml": `${VIDEO}duration: 3\n`,
			"b.video.yaml": "prompt: {{a}}\n",
			"c.video.yaml": `${VIDEO}extends: house.yaml\n`,
			"d.video.yaml": `${VIDEO}extends: d/house.yaml\nduration: 3\n`,
			"house.yaml": "duration: 4\nresolution: 1\n",
		});
		const problems = () =>
			test.load(["d.video.yaml", "c.video.yaml", "."]).problems.map(({ source, line }) => [source, line]);
		assert.deepEqual(problems(), [
			["a.video.yaml", 3],
			["b.video.yaml", 1],
			["d.video.yaml", 3],
			["d.video.yaml", 4],
			["house.yaml", 2],
		]);
	});

	it("come with the number of the files that were looked at, also of those that cannot be read", async () => {
		await test.write({ "a.video.yaml": "prompt: {{a}}\n", "b.video.yaml": VIDEO, "c.video.yaml": "" });
		assert.equal(test.load(".").specs, 3);
		assert.equal(test.load("nothing.yaml").specs, 0);
		assert.equal(test.load({ a: {}, b: null as never }).specs, 2);
	});
});
