import assert from "node:assert/strict";
import { fileError } from "../../../provider/videoFile/failures.ts";

describe("what a user is told when the file system refuses", () => {
	const told = (code: string) => {
		const error = Object.assign(new Error(`${code}: /secret/place`), { code, syscall: "write" });
		return String(fileError('"dist/hero.mp4" was not written', error));
	};

	for (const [code, expected] of [
		["ENOSPC", /no space left on the disk\. Free some and run again/],
		["EACCES", /no permission to write there\. Change the rights or the path/],
		["EROFS", /the file system is read-only\. Choose another path/],
		["EIO", /the file system answered EIO/],
	] as const) {
		it(code, () => {
			assert.match(told(code), new RegExp(`^Error: "dist/hero.mp4" was not written: .*${expected.source}`));
			assert.doesNotMatch(told(code), /secret/);
		});
	}

	it("is nothing new of other errors", () => {
		const error = new TypeError("x");
		assert.equal(fileError("what", error), error);
	});
});
