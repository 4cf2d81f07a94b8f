/**
 * Run by `npm run reference`: writes what is made of the schema of specs, which is the JSON Schema that the package holds
 * and the table in `docs/specs.md`. A test says when it has to be run.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { specJsonSchema } from "../specs/jsonSchema.ts";
import { specReference } from "../specs/reference.ts";
import { root } from "./start/stack.ts";
import { runScript } from "./userError.ts";

const GENERATED = /(<!-- made by `npm run reference` -->\n).*?(<!-- end -->)/s;

await runScript(async () => {
	const page = join(root, "docs", "specs.md");
	const text = await readFile(page, "utf8");
	await writeFile(
		page,
		text.replace(GENERATED, (_, start, end) => `${start}${specReference()}\n${end}`),
	);
	const schema = `${JSON.stringify(specJsonSchema(), undefined, "\t")}\n`;
	await writeFile(join(root, "specs", "video.schema.json"), schema);
	return 0;
});
