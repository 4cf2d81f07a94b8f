import assert from "node:assert/strict";
import fc from "fast-check";
import { redact } from "../../heygen/redact.ts";

describe("texts from outside", () => {
	it("lose the query of every URL", () => {
		const text = "see https://files2.heygen.ai/a.mp4?Expires=1&Signature=abc~x and HTTP://h/p#frag.";
		assert.equal(redact(text), "see https://files2.heygen.ai/a.mp4 and HTTP://h/p");
	});
	it("lose credentials in a URL", () => assert.equal(redact("at https://me:pw@host/x"), "at https://host/x"));
	it("lose the secrets they are told of", () =>
		assert.equal(redact("key sk_1 of sk_1", ["sk_1", ""]), "key [secret] of [secret]"));
	it("lose what looks like a signing secret", () =>
		assert.equal(redact('{"secret":"whsec_aB3-_+/="} whsec_x.'), '{"secret":"[secret]"} [secret].'));
	it("lose terminal escapes and direction marks", () =>
		assert.equal(redact("\u001b[31mred\u202e\u0007 \u009bx"), "[31mred x"));
	it("keep line feeds and tabs", () => assert.equal(redact("a\n\tb"), "a\n\tb"));
	it("are cut at the length given", () => assert.equal(redact("x".repeat(11), [], 10), `${"x".repeat(10)}…`));
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
