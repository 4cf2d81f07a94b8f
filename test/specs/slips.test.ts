import assert from "node:assert/strict";
import { perTest } from "./support.ts";

const END = "avatarIds: [look1]\n";
const BELOW = (key: string) => `in quotes, or below "${key}: >".`;

describe("a text of a spec that YAML would cut", () => {
	const test = perTest();
	const cut = (rest: string, end = "Put the text in quotes.") =>
		`ends before ${JSON.stringify(rest)}, which YAML takes for a comment. ${end}`;
	const below = (key: string) => `Put the text ${BELOW(key)}`;

	for (const [what, text, expected] of [
		[
			"a prompt",
			`prompt: She holds a sign with #launch and smiles.\n${END}`,
			[`1:31  prompt: ${cut("#launch and smiles.", below("prompt"))}`],
		],
		["one word", `prompt: Hello # world\n${END}`, [`1:15  prompt: ${cut("# world", below("prompt"))}`]],
		[
			"all of a prompt",
			`prompt: #launch day\n${END}`,
			[`1:9  prompt: ${cut("#launch day", below("prompt"))}`],
		],
		[
			"a title and a suffix",
			`prompt: Hi.\n${END}title: No #1\npromptSuffix: on film #35\n`,
			[
				`3:11  title: ${cut("#1", below("title"))}`,
				`4:23  promptSuffix: ${cut("#35", below("promptSuffix"))}`,
			],
		],
		[
			"what goes into texts, and names of looks",
			`prompt: In {{city}}, {{a}}.\nlooks:\n  - Desk #1\nvars: { a: b } # these\nmatrix:\n  city:\n    - Stand #4\n    - Hall #5\n`,
			[
				`3:10  looks[0]: ${cut("#1")}`,
				`7:13  matrix.city[0]: ${cut("#4")}`,
				`8:12  matrix.city[1]: ${cut("#5")}`,
			],
		],
		[
			"a file's name",
			`prompt: Hi.\n${END}download: dist/take #1.mp4\nreferences:\n  - file: brand #1.png\n`,
			[`3:21  download: ${cut("#1.mp4")}`, `5:17  references[0].file: ${cut("#1.png")}`],
		],
		[
			"a text of several lines",
			`prompt: She holds\n  a sign with #launch\n  and smiles.\n${END}`,
			[`2:15  prompt: ${cut("#launch", below("prompt"))}`],
		],
	] as const) {
		it(`is told with its place: ${what}`, async () => {
			assert.deepEqual(
				await test.toldOf(text),
				expected.map((line) => `a.video.yaml:${line}`),
			);
		});
	}

	it("is none where the comment cuts nothing off", async () => {
		const text = `# The launch.
prompt: >  # A scene.
  She holds a sign with #launch and says: "{{city}}".
  # This is text.
title: "Launch #1"  # The title.
promptSuffix: On film.
  # A line of its own.
avatarIds:
  - look1  # the baker
aspectRatio: 16:9  # wide
duration: 8  #seconds
callbackUrl: https://example.net/a#b  # the shop
download: dist/{{name}}.mp4  # not kept
matrix:
  city:
    - Lisbon  # first
    - Oslo
`;
		const videos = await test.videosOf(text);
		assert.equal(
			videos[0]?.inputs["prompt"],
			'She holds a sign with #launch and says: "Lisbon". # This is text. On film.',
		);
	});
});

describe("the slips of those who write YAML seldom", () => {
	const test = perTest();
	for (const [what, text, expected] of [
		[
			"a text that begins with {{",
			`prompt: {{city}} in the morning\n${END}`,
			[`1:9  a text that begins with {{ has to be ${BELOW("prompt")}`],
		],
		[
			"a text that is a variable",
			`title: {{city}}\n${END}`,
			[`1:8  a text that begins with {{ has to be ${BELOW("title")}`],
		],
		[
			"a path that begins with {{",
			`download: {{name}}.mp4\n${END}`,
			[`1:11  a text that begins with {{ has to be in quotes.`],
		],
		[
			"an item that begins with {{",
			"looks:\n  - {{a}}\n",
			["2:5  a text that begins with {{ has to be in quotes."],
		],
		[
			"a text with a colon",
			`prompt: A baker: she waves.\n${END}`,
			[`1:9  a text that holds ": " has to be ${BELOW("prompt")}`],
		],
		[
			"a text that ends with a colon",
			`prompt: A baker says:\n${END}`,
			[`1:9  a text that ends with ":" has to be ${BELOW("prompt")}`],
		],
		["a variable with a colon", "vars:\n  a: b: c\n", ['2:6  a text that holds ": " has to be in quotes.']],
		["@", `prompt: @mention you\n${END}`, [`1:9  a text that begins with @ has to be ${BELOW("prompt")}`]],
		["%", `prompt: % of all\n${END}`, [`1:9  a text that begins with % has to be ${BELOW("prompt")}`]],
		["*", `prompt: *star* she\n${END}`, [`1:9  a text that begins with * has to be ${BELOW("prompt")}`]],
		["[", `prompt: [She] waves\n${END}`, [`1:9  a text that begins with [ has to be ${BELOW("prompt")}`]],
		["-", `prompt: - She waves\n${END}`, [`1:9  a text that begins with - has to be ${BELOW("prompt")}`]],
		[
			"a text beside >",
			`prompt: > A baker\n${END}`,
			['1:11  the text has to begin in the line below "prompt: >".'],
		],
		[
			"an open quote",
			`prompt: "A baker waves.\n${END}`,
			["1:9  the quote that opens in line 1 is not closed."],
		],
		[
			"an open quote further down",
			`${END}title: 'A\nprompt: b\n`,
			["2:8  the quote that opens in line 2 is not closed."],
		],
		[
			"an apostrophe that closes",
			"prompt: 'She's here'\n",
			[`1:14  the text goes on behind its closing quote. Put it below "prompt: >".`],
		],
		[
			"a quote that a later one closes",
			"prompt: 'A baker.\ntitle: it's\n",
			["1:9  the quote that opens in line 1 is not closed."],
		],
		[
			"an open bracket",
			`matrix:\n  city: [Oslo, Rome\n${END}`,
			["2:9  the [ that opens in line 2 is not closed."],
		],
		[
			"a bracket behind #",
			`looks: [Desk #1]\n${END}`,
			[`1:14  looks: ends before "#1]", which YAML takes for a comment. Put the text in quotes.`],
		],
		[
			"a list whose lines are not indented",
			`matrix:\n  city: [Oslo, # one\n  Rome]\n${END}`,
			[
				"3:3  this line belongs to the [ that opens in line 2, and has to be indented further than that line.",
			],
		],
		["no space behind a colon", `prompt:A baker\n${END}`, ['1:1  there has to be a space after "prompt:".']],
		[
			"a text that goes on without indentation",
			`prompt: A baker\nwaves at us.\n${END}`,
			['2:1  this line belongs to no entry. A text that goes on is indented, best below "prompt: >".'],
		],
		[
			"an entry that is indented",
			"prompt: A\n  avatarIds: [x]\n",
			[
				`2:3  this line goes on with the text of prompt, as it is indented further, and holds ": ". Indent it as prompt is, or put the text ${BELOW("prompt")}`,
			],
		],
		[
			"a first line that is indented",
			" prompt: A\navatarIds: [x]\n",
			[
				"2:1  is indented otherwise than the lines that it stands with; entries of one level begin at the same column.",
			],
		],
		[
			"items that are indented otherwise",
			"avatarIds:\n  - x\n - y\n",
			[
				"3:2  is indented otherwise than the lines that it stands with; entries of one level begin at the same column.",
			],
		],
		[
			"a list that is indented otherwise",
			"matrix:\n  city: [a]\n aspectRatio: [1:1]\n",
			[
				"3:2  is indented otherwise than the lines that it stands with; entries of one level begin at the same column.",
			],
		],
	] as const) {
		it(`are told once, in their words: ${what}`, async () => {
			assert.deepEqual(
				await test.toldOf(text),
				expected.map((line) => `a.video.yaml:${line}`),
			);
		});
	}

	it("tell a text that an anchor would be cut of, and none where the anchor is used", async () => {
		assert.deepEqual(await test.toldOf(`prompt: &Sons wave.\n${END}`), [
			`a.video.yaml:1:9  a text that begins with & has to be ${BELOW("prompt")}`,
		]);
		const [video] = await test.videosOf(`prompt: &text A baker.\ntitle: *text\n${END}`);
		assert.equal(video?.inputs["title"], "A baker.");
	});

	it("are told together where each is in a line of its own", async () => {
		assert.deepEqual(await test.toldOf("prompt: {{a}} waves\ntitle: {{b}} waves\n"), [
			`a.video.yaml:1:9  a text that begins with {{ has to be ${BELOW("prompt")}`,
			`a.video.yaml:2:8  a text that begins with {{ has to be ${BELOW("title")}`,
		]);
	});
});
