import assert from "node:assert/strict";
import { amount, atLeastOne, portNumber, wholeNumber } from "../../cli/numbers.ts";

describe("the number of a flag", () => {
	for (const [name, read, taken, refused] of [
		["is a whole one", wholeNumber, { 0: 0, 12: 12 }, ["-1", "1.5", "1e3", "", " 1", "9999999999"]],
		["is one at least", atLeastOne, { 1: 1, "007": 7 }, ["0", "00", "-1", "1.5", "x"]],
		[
			"is an amount",
			amount,
			{ 0: 0, "99.50": 99.5, ".5": 0.5 },
			["-1", "1e3", "0x10", "Infinity", "", " ", "."],
		],
		["is a port", portNumber, { 0: 0, 65535: 65_535 }, ["65536", "-1", "x"]],
	] as const) {
		it(`${name}, and nothing else`, () => {
			for (const [text, number] of Object.entries(taken)) assert.equal(read(text), number, text);
			for (const text of refused) {
				assert.throws(() => read(text), { code: "commander.invalidArgument" }, JSON.stringify(text));
			}
		});
	}
});
