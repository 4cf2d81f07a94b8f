import assert from "node:assert/strict";
import { hashOf, isKey, keyAfter, keyOf, LONGEST_CHAIN } from "../../provider/keys.ts";

const KEY = "pulumi-heygen:01fbd6d8466ba9f18a8f7e9d6ab1f8ae3a3d2f44";

describe("keys", () => {
	it("never change with a release of this package", () => {
		assert.equal(keyOf(["render", "urn", null, 1]), "pulumi-heygen:1dd37c9a41ba6a4a2b3492a54039cfe6a46cb82b");
		assert.equal(keyAfter(KEY), "pulumi-heygen:87d9236d7a5a60ff293f29a6ab03b5a7a7047f7a");
		assert.equal(hashOf(["a"], 12), "0eb5b8d6f81b");
	});

	it("lead on to ever new ones", () => {
		const chain = [KEY];
		while (chain.length < LONGEST_CHAIN) chain.push(keyAfter(chain.at(-1) ?? ""));
		assert.equal(new Set(chain).size, 24);
		assert.ok(chain.every(isKey));
	});

	it("differ where their parts do, however these are cut", () => {
		assert.notEqual(keyOf(["ab", "c"]), keyOf(["a", "bc"]));
		assert.notEqual(keyOf(["1"]), keyOf([1]));
	});

	it("are told from what a user may have written", () => {
		assert.equal(isKey(KEY), true);
		const others = [undefined, 1, [KEY], "", `x${KEY}`, `${KEY}0`, KEY.slice(0, -1), KEY.toUpperCase()];
		for (const other of others) assert.equal(isKey(other), false, String(other));
	});
});
