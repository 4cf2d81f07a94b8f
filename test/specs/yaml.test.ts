import assert from "node:assert/strict";
import fc from "fast-check";
import { readPlain } from "../../specs/schema.ts";
import { parseYaml } from "../../specs/yaml.ts";

const parse = (text: string) => parseYaml(text, readPlain);
const values = (text: string) => {
	const parsed = parse(text);
	assert.deepEqual(parsed.faults, []);
	return parsed.values;
};
const faults = (text: string) =>
	parse(text).faults.map(({ line, column, reason }) => `${line ?? "-"}:${column ?? "-"} ${reason}`);

describe("the YAML of a spec", () => {
	for (const text of [
		"16:9",
		"9:16",
		"1:1",
		"190:20:30",
		"1.10",
		"1e3",
		"0x1F",
		"0o17",
		"0123",
		"2026-11-24",
		"no",
		"Off",
		"y",
		"true",
		".inf",
		"1_000",
		"=",
		"12345e67890123456789012345678901",
	]) {
		it(`takes ${text} as it is written`, () => {
			assert.deepEqual(values(`vars: { v: ${text} }\navatarIds: [${text}]`), {
				vars: { v: text },
				avatarIds: [text],
			});
		});
	}

	it("takes numbers and true and false where an input is one, and texts in quotes never", () => {
		assert.deepEqual(values('duration: 8\nautoDuration: False\nenhancePrompt: "true"\nrevision: 1.10'), {
			duration: 8,
			autoDuration: false,
			enhancePrompt: "true",
			revision: "1.10",
		});
		assert.deepEqual(values('matrix: { duration: [5, "6"], n: [5] }\nexclude: [{ duration: 5, n: 5 }]'), {
			matrix: { duration: [5, "6"], n: ["5"] },
			exclude: [{ duration: 5, n: "5" }],
		});
	});

	it("is the same under an older version of YAML that a file asks for", () => {
		assert.deepEqual(values("%YAML 1.1\n---\nvars: { v: 9:16, w: no }"), { vars: { v: "9:16", w: "no" } });
	});

	it("takes anchors and aliases, and no key for another mapping", () => {
		assert.deepEqual(values("vars: { a: &x Lisbon, b: *x }"), { vars: { a: "Lisbon", b: "Lisbon" } });
		assert.deepEqual(values('"__proto__": { a: 1 }'), Object.fromEntries([["__proto__", { a: "1" }]]));
	});

	const LAUGHS = Array.from({ length: 9 }, (_, at) => {
		const items = Array(9).fill(at === 0 ? "lol" : `*x${at - 1}`);
		return `k${at}: &x${at} [${items.join(", ")}]`;
	}).join("\n");

	for (const [what, text, expected] of [
		["a key that is there twice", "title: a\nprompt: b\ntitle: c", ["3:1 title is there twice."]],
		[
			"a tab as indentation",
			"vars:\n\tcity: Oslo",
			["2:1 a line is indented with a tab; YAML takes spaces alone."],
		],
		[
			"tags",
			"vars: { a: !!js/function x }",
			["1:12 tags such as !name have no meaning in a spec; leave it away."],
		],
		["two documents", "title: a\n---\ntitle: b", ["2:1 holds more than one document; a file is one spec."]],
		["an empty file", "# nothing yet", ["-:- is empty."]],
		["a list", "- prompt: a", ["1:1 must be a mapping such as `prompt: …`."]],
		["an alias of nothing", "title: *x", ["1:8 *x has no &x above it."]],
		["an alias of what it is in", "vars: &x { a: *x }", ["1:15 holds more than 20 lists within each other."]],
		["a billion laughs", LAUGHS, ["1:50 holds more than 10,000 values, aliases counted."]],
		["brackets without end", "[".repeat(100_000), ["-:- holds more than 20 lists within each other."]],
		["dashes without end", "- ".repeat(100_000), ["-:- holds more than 20 lists within each other."]],
	] as const) {
		it(`refuses ${what}`, () => {
			assert.deepEqual(faults(text), expected);
		});
	}

	it("tells the places of all mistakes in the form", () => {
		assert.deepEqual(faults('title: "open\nprompt: a: b').length, 1);
		assert.match(faults("a: b: c").join(), /^1:4 a text that holds ": " has to be in quotes\.$/);
	});

	it("never fails at a text, whatever it holds", () => {
		const piece = fc.constantFrom(
			"a",
			": ",
			"- ",
			"\n",
			"  ",
			"[",
			"]",
			"{",
			"}",
			"&x ",
			"*x",
			"!t ",
			'"',
			"'",
			"|",
			">",
			"#",
			"?",
			"%",
			"\t",
			"\u0000",
			"---\n",
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: "binary" }),
					fc.array(piece).map((all) => all.join("")),
				),
				(text) => {
					const { faults, placeOf } = parse(text);
					for (const { reason } of faults) assert.ok(reason.length > 0);
					placeOf(["a", 0, "b"]);
				},
			),
		);
	});
});
