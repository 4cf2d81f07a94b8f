import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = dirname(dirname(import.meta.dirname));
const PAGES = ["*.md", "docs/**/*.md", "examples/*/README.md"];
const pages = globSync(PAGES, { cwd: root }).map((page) => join(root, page));

/** What a link's fragment is for each heading, as GitHub makes it. */
function anchorsOf(page: string): string[] {
	const headings = readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm);
	return [...headings].map(([, heading = ""]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, "")
			.replaceAll(" ", "-"),
	);
}

function fault(page: string, target: string): string | undefined {
	const [path = "", anchor] = target.split("#");
	const file = path === "" ? page : join(dirname(page), path);
	if (!existsSync(file)) return "leads to no file";
	if (anchor === undefined) return undefined;
	return statSync(file).isFile() && anchorsOf(file).includes(anchor) ? undefined : "leads to no heading";
}

describe("the links of the documentation", () => {
	it("lead to files and headings that are there", () => {
		assert.ok(pages.length > 10);
		const faults = pages.flatMap((page) =>
			[...readFileSync(page, "utf8").matchAll(/\]\(([^)\s]+)\)/g)]
				.map(([, target = ""]) => ({
					target,
					why: /^https?:/.test(target) ? undefined : fault(page, target),
				}))
				.filter(({ why }) => why !== undefined)
				.map(({ target, why }) => `${relative(root, page)}: ${target} ${why}`),
		);
		assert.deepEqual(faults, []);
	});
});
