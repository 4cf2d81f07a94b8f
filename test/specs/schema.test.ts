import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { VideoInputs } from "../../provider/avatarShotsVideo/inputs.ts";
import { DESCRIPTIONS } from "../../specs/descriptions.ts";
import { specJsonSchema } from "../../specs/jsonSchema.ts";
import { specReference } from "../../specs/reference.ts";
import { SpecFile } from "../../specs/schema.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the schema of specs", () => {
	it("takes and describes every input of a video", () => {
		const entries = Object.keys(SpecFile.shape);
		for (const name of Object.keys(VideoInputs.shape)) assert.ok(entries.includes(name), name);
		assert.deepEqual(Object.keys(DESCRIPTIONS).sort(), entries.sort());
	});

	it("is what the package ships for editors", async () => {
		const shipped = await readFile(join(root, "specs", "video.schema.json"), "utf8");
		assert.deepEqual(
			JSON.parse(shipped),
			JSON.parse(JSON.stringify(specJsonSchema())),
			"run `npm run reference`",
		);
	});

	it("is what the page on specs lists", async () => {
		const page = await readFile(join(root, "docs", "specs.md"), "utf8");
		assert.ok(page.includes(`\n${specReference()}\n`), "run `npm run reference`");
	});

	it("knows no word of which it does not say what is allowed", () => {
		assert.doesNotMatch(specReference(), /\| +\|/);
	});
});
