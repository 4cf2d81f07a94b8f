import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/childProcess.ts";

const root = join(import.meta.dirname, "../..");
const tests = `
describe("a video", () => {
	it("renders", () => {});
	it("fails", () => { throw new Error("it broke\\nwith details"); });
});
describe("a hook", () => {
	before(() => { throw new Error("no engine"); });
	it("is not reached", () => {});
});`;

describe("the reporter that counts for the whole check", () => {
	it("writes how many tests passed and failed, and a line for each that failed", async () => {
		const folder = await mkdtemp(join(tmpdir(), "counts-"));
		try {
			await writeFile(join(folder, "some.test.ts"), tests);
			const counts = join(folder, "counts");
			const { code } = await run(
				process.execPath,
				[
					join(root, "node_modules/mocha/bin/mocha.js"),
					"--no-config",
					...["--reporter", join(root, "scripts/countingReporter.ts")],
					...["--reporter-option", `counts=${counts}`],
					join(folder, "some.test.ts"),
				],
				{ cwd: root, env: process.env, timeoutSeconds: 60 },
			);
			assert.equal(code, 2);
			assert.deepEqual((await readFile(counts, "utf8")).split("\n"), [
				'{"passed":1,"failed":2}',
				"a video fails: it broke",
				'a hook "before all" hook for "is not reached": no engine',
				"",
			]);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});
