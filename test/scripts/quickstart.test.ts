import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";

const program = join(import.meta.dirname, "..", "..", "examples", "quickstart", "index.ts");

describe("the quickstart program", () => {
	it("plays with a look that the emulator knows, where none is set", async () => {
		const look = /emulatorLook = "([^"]*)"/.exec(await readFile(program, "utf8"))?.[1];
		assert.equal(look, EMULATOR_LOOKS.kitchen);
	});
});
