import assert from "node:assert/strict";
import { keyAfter } from "../../provider/keys.ts";
import { isMarked, markedTitle, markOf, withoutMark } from "../../provider/titleMark.ts";
import { URN } from "../support/context.ts";

const KEY = "pulumi-heygen:348f80a1cf3113c199f8303622be729fae46b61c";

describe("the mark in a title", () => {
	it("never changes with a release of this package", () => assert.equal(markOf(KEY), "ph51e9f5e6a686"));

	it("is one token that a search for a part of a title finds, and another one for another key", () => {
		assert.match(markOf(KEY), /^[a-z0-9]{14}$/);
		assert.notEqual(markOf(keyAfter(KEY)), markOf(KEY));
	});

	it("stands at the end of the user's title, or of the resource's name", () => {
		assert.equal(markedTitle("Kitchen", URN, KEY), `Kitchen [${markOf(KEY)}]`);
		for (const none of [undefined, ""]) assert.equal(markedTitle(none, URN, KEY), `hero [${markOf(KEY)}]`);
		assert.equal(markedTitle(undefined, "", KEY), `[${markOf(KEY)}]`);
		assert.match(markedTitle(undefined, "urn:pulumi:dev::shop::t::spring::hero", KEY), /^spring::hero \[/);
	});

	it("is known at the very end alone, and under its own key alone", () => {
		const title = markedTitle("Kitchen", URN, KEY);
		assert.ok(isMarked(title, KEY));
		for (const other of [`${title} copy`, `${title} `, markOf(KEY), "Kitchen", "", null, undefined]) {
			assert.equal(isMarked(other, KEY), false, String(other));
		}
		assert.equal(isMarked(title, keyAfter(KEY)), false);
	});

	it("is taken off again, and nothing else is", () => {
		for (const title of ["Kitchen", "Take [2]", "Kitchen [phone]", "[ph0123456789ab] first", " ", "Küche"]) {
			assert.equal(withoutMark(markedTitle(title, URN, KEY)), title.trimStart() || "");
			assert.equal(withoutMark(title), title);
		}
		assert.deepEqual(
			[withoutMark(null), withoutMark(undefined), withoutMark("")],
			[undefined, undefined, ""],
		);
	});

	it("is one more where a user copies a marked title", () => {
		const copied = markedTitle("Kitchen", URN, KEY);
		const marked = markedTitle(copied, URN, keyAfter(KEY));
		assert.deepEqual([isMarked(marked, keyAfter(KEY)), isMarked(marked, KEY)], [true, false]);
		assert.equal(withoutMark(marked), copied);
	});
});
