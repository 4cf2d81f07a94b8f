import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../scripts/childProcess.ts";

const root = dirname(dirname(import.meta.dirname));
const CODE = /^```ts\n(.*?)^```$/gms;
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)]
	.map((page) => ({ page, programs: programsIn(readFileSync(join(root, page), "utf8")) }))
	.filter(({ page, programs }) => page === "README.md" || programs.length > 0);

function programsIn(text: string): string[] {
	return [...text.matchAll(CODE)].map(([, code = ""]) => code);
}

describe("the documentation", function () {
	this.timeout(180_000);
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-readme-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it("shows programs that compile as a user would compile them, on every page", async () => {
		await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
		await writeFile(join(folder, "package.json"), '{ "type": "module" }');
		const compilerOptions = {
			strict: true,
			module: "nodenext",
			target: "es2023",
			noEmit: true,
			types: ["node"],
		};
		await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
		for (const { page, programs } of pages) {
			assert.ok(programs.length > 0, `there is no code in ${page}`);
			const name = page.replace(/\W/g, "-");
			await Promise.all(programs.map((code, at) => writeFile(join(folder, `${name}-${at + 1}.ts`), code)));
		}

		const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
		const { code, stdout, stderr } = await run(process.execPath, [tsc, "-p", "."], {
			cwd: folder,
			timeoutSeconds: 170,
		});
		assert.equal(code, 0, `${stdout}${stderr}`);
	});
});
