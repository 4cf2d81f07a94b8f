import assert from "node:assert/strict";
import fc from "fast-check";
import { redact } from "../../heygen/redact.ts";

describe("texts from outside", () => {
	it("lose the query of every URL", () => {
		const text = "see https://files2.heygen.ai/a.mp4?Expires=1&Signature=abc~x and HTTP://h/p#frag.";
		assert.equal(redact(text), "see https://files2.heygen.ai/a.mp4 and HTTP://h/p");
	});
	it("lose credentials in a URL", () => assert.equal(redact("at https://me:pw@host/x"), "at https://host/x"));
	for (const [name, url, shown] of [
		["of any scheme", "postgres+ssl://me:pass@host/x", "postgres+ssl://host/x"],
		["with an @ in the password", "https://me:p@ss@host/x", "https://host/x"],
		["with quotes in the password", "https://me:it's,pass@host/x", "https://host/x"],
		["with a password alone", "https://:pass@host/x", "https://host/x"],
		["without its slashes", "https:me:pass@host/x", "https:host/x"],
		["with its slashes the wrong way", "https:\\\\me:pass@host/x", "https:\\\\host/x"],
		["that control characters break up", "htt\u0000ps://me\u200f:pass@host/x", "https://host/x"],
	] as const) {
		it(`lose credentials in a URL ${name}`, () => assert.equal(redact(`got "${url}".`), `got "${shown}".`));
	}
	it("lose the secrets they are told of", () =>
		assert.equal(redact("key sk_1 of sk_1", ["sk_1", ""]), "key [secret] of [secret]"));
	it("lose what looks like a signing secret", () =>
		assert.equal(redact('{"secret":"whsec_aB3-_+/="} whsec_x.'), '{"secret":"[secret]"} [secret].'));
	it("lose a secret that holds another one", () =>
		assert.equal(redact("sk_1-and-more", ["sk_1", "sk_1-and-more"]), "[secret]"));
	it("lose terminal escapes whole", () => {
		const link = "\u001b]8;;https://evil.example/\u0007here\u001b]8;;\u0007";
		assert.equal(redact(`\u001b[31mred\u001b[0m \u009b2Jand ${link}\u0007`), "red and here");
	});
	it("lose what turns the direction of a line, or begins another one", () => {
		assert.equal(redact("a\u061cb\u200ec\u200fd\u202ee\u2066f\u2069g"), "abcdefg");
		assert.equal(redact("a\r\nb\u0085c\u2028d"), "a\nbcd");
	});
	it("are Unicode that every protocol takes, also where they are cut", () => {
		assert.equal(redact(`a${"😀".repeat(9)}`, [], 10), `a${"😀".repeat(4)}…`);
		assert.equal(redact("half \ud83d of one"), "half \ufffd of one");
	});
	it("keep line feeds and tabs", () => assert.equal(redact("a\n\tb"), "a\n\tb"));
	it("are cut at the length given", () => assert.equal(redact("x".repeat(11), [], 10), `${"x".repeat(10)}…`));
	for (const [name, text] of [
		["the beginnings of URLs", "http://".repeat(500_000)],
		["schemes without a URL", "a.".repeat(1_000_000)],
		["user names without a host", `https://${"a@".repeat(1_000_000)}`],
		["escapes without an end", "\u001b]8;;a;b".repeat(300_000)],
		["strings within strings", "\u009d".repeat(1_000_000)],
		["parameters of an escape", `\u001b[${"1;".repeat(1_000_000)}`],
	] as const) {
		it(`take no longer for millions of ${name}`, () => {
			assert.ok(redact(text).length <= 601);
		}).timeout(5_000);
	}
	it("never let a secret through, whatever invisible stands in it", () => {
		const invisible = fc.constantFrom(
			"\u0000",
			"\u001b[0m",
			"\u0007",
			"\u009f",
			"\u200f",
			"\u202e",
			"\u2028",
		);
		fc.assert(
			fc.property(fc.array(invisible, { minLength: 1, maxLength: 4 }), fc.nat(20), (marks, at) => {
				for (const secret of ["sk_V2_very-secret-key", "whsec_very-secret-key"]) {
					const split = `${secret.slice(0, at)}${marks.join("")}${secret.slice(at)}`;
					assert.equal(redact(`key ${split}.`, ["sk_V2_very-secret-key"]), "key [secret].");
				}
			}),
		);
	});
	it("never let a secret through, wherever it stands", () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.string({ minLength: 8, unit: "grapheme-ascii" }),
				fc.string(),
				(a, secret, b) => {
					fc.pre(secret.trim() === secret && !"[secret]".includes(secret));
					assert.ok(!redact(`${a}${secret}${b}`, [secret]).includes(secret));
				},
			),
		);
	});
});
