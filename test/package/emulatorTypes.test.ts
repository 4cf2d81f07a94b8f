import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "..", "dist");
const SPECIFIER = /(?:from |import\()"([^"]+)"/g;

describe("pulumi-heygen/emulator", () => {
	it("has types that need no other package's and no module of a newer Node than @types/node knows", async () => {
		const foreign = new Set<string>();
		const seen = new Set<string>();
		const visit = async (file: string): Promise<void> => {
			if (seen.has(file)) return;
			seen.add(file);
			const text = await readFile(file, "utf8");
			for (const [, specifier = ""] of text.matchAll(SPECIFIER)) {
				if (specifier.startsWith(".")) await visit(join(file, "..", specifier.replace(/\.[jt]s$/, ".d.ts")));
				else foreign.add(`${specifier} by ${file.slice(dist.length + 1)}`);
			}
		};
		await visit(join(dist, "emulator", "index.d.ts"));
		assert.ok(seen.size > 5);
		assert.deepEqual([...foreign], []);
	});
});
