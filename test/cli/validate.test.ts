import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { annotationOf } from "../../cli/annotations.ts";

const root = join(import.meta.dirname, "..", "..");
const main = join(root, "cli", "main.ts");

describe("pulumi-heygen validate", function () {
	this.timeout(60_000);
	let folder: string;

	beforeEach(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-validate-")));
		await write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function write(path: string, text: string): Promise<void> {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}

	/** Runs the command in a folder of the project, without a key. */
	function run(args: string[], { env = {}, cwd = "." }: { env?: object; cwd?: string } = {}) {
		const options = { cwd: join(folder, cwd), env: { PATH: process.env["PATH"], ...env } };
		return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
			execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
				resolve({ code: error?.code ?? 0, stdout, stderr }),
			);
		});
	}

	const RIGHT = "prompt: In {{city}}.\navatarIds: [look1]\nmatrix: { city: [Oslo, Rome] }\n";
	const WRONG = "promt: A baker.\navatarIds: [look1]\nduration: 3\n";

	it("says how many videos right specs describe, and ends with 0", async () => {
		await write("videos/a.video.yaml", RIGHT);
		await write("videos/b/c.video.yaml", RIGHT);
		const right = { code: 0, stdout: "2 specs, 4 videos: all right.\n", stderr: "" };
		assert.deepEqual(await run(["validate", "videos/"]), right);
		assert.deepEqual(await run(["validate"]), right);
		assert.deepEqual(await run(["validate", "**/*.video.{yaml,yml}"]), right);
		assert.deepEqual(await run(["validate"], { cwd: "videos" }), right);
	});

	it("tells every problem on a line, without colours where there is no terminal, and ends with 1", async () => {
		await write("videos/a.video.yaml", WRONG);
		await write("videos/b.video.yaml", RIGHT);
		const { code, stdout, stderr } = await run(["validate", "videos"]);
		assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
		assert.deepEqual(stdout.split("\n"), [
			"videos/a.video.yaml:1:1  promt: there is no such input; did you mean prompt?",
			"videos/a.video.yaml:1:1  prompt: must be a text of 1 to 10,000 characters; got nothing.",
			"videos/a.video.yaml:3:1  duration: must be a whole number of seconds from 4 to 15; got 3.",
			"3 problems in 2 specs. Nothing was rendered.",
			"",
		]);
	});

	it("warns of a .video.yml in a folder, which a glob for .video.yaml would leave out", async () => {
		await write("videos/a.video.yaml", RIGHT);
		await write("videos/b/c.video.yml", RIGHT);
		const warning =
			"videos/b/c.video.yml  warning: ends in .yml, which globs such as **/*.video.yaml leave out; call it c.video.yaml.\n";
		const right = "2 specs, 4 videos: all right.\n";
		assert.deepEqual(await run(["validate", "videos/"]), {
			code: 0,
			stdout: `${warning}${right}`,
			stderr: "",
		});
		assert.equal(
			(await run(["validate", "videos", "videos/b/c.video.yml", "."])).stdout,
			`${warning}${right}`,
		);
		assert.equal((await run(["validate", "**/*.video.{yaml,yml}"])).stdout, right);
		assert.equal((await run(["validate", "videos/a.video.yaml", "videos/b/c.video.yml"])).stdout, right);
	});

	it("counts the files that were looked at, also those that cannot be read", async () => {
		await write("a.video.yaml", "prompt: {{city}}\n");
		await write("b.video.yaml", RIGHT);
		const { stdout } = await run(["validate"]);
		assert.match(stdout, /\n1 problem in 2 specs\. Nothing was rendered\.\n$/);
	});

	it("uses colours where they are forced, and never where they are refused", async () => {
		await write("a.video.yaml", WRONG);
		assert.ok((await run(["validate"], { env: { FORCE_COLOR: "1" } })).stdout.includes("\u001b[31m"));
		assert.ok(!(await run(["validate"], { env: { NO_COLOR: "1" } })).stdout.includes("\u001b"));
	});

	it("is read by programs as JSON", async () => {
		await write("a.video.yaml", RIGHT);
		const right = await run(["validate", "--json"]);
		assert.deepEqual(JSON.parse(right.stdout), {
			ok: true,
			specs: 1,
			videos: ["a-Oslo", "a-Rome"],
			problems: [],
		});
		await write("a.video.yaml", `${RIGHT}duration: 3\n`);
		const { code, stdout } = await run(["validate", "--json"]);
		assert.equal(code, 1);
		assert.deepEqual(JSON.parse(stdout), {
			ok: false,
			specs: 1,
			videos: [],
			problems: [
				{
					severity: "error",
					source: "a.video.yaml",
					line: 4,
					column: 1,
					property: "duration",
					reason: "must be a whole number of seconds from 4 to 15; got 3.",
				},
			],
		});
	});

	it("is shown by GitHub beside the lines, from the repository's folder on", async () => {
		await write("videos/a, b.video.yaml", WRONG.replace("promt", "prompt"));
		const { code, stdout } = await run(["validate", "--github"], {
			cwd: "videos",
			env: { GITHUB_WORKSPACE: folder },
		});
		assert.equal(code, 1);
		assert.equal(
			stdout.split("\n")[1],
			"::error file=videos/a%2C b.video.yaml,line=3,col=1,title=duration::must be a whole number of seconds from 4 to 15; got 3.",
		);
	});

	it("takes downloads from the program's folder on and within it, as the engine starts the program there", async () => {
		await write("shop/index.ts", "");
		await write(
			"videos/a.video.yaml",
			`${RIGHT}references: [{ file: brand.png }]\ndownload: ../{{name}}.mp4\n`,
		);
		await write("videos/brand.png", "x");
		await write("shop/b.video.yaml", RIGHT.replace("{{city}}", "{{city}} {{name}}"));
		const outside = 'videos/a.video.yaml:5:1  download: "../a-Oslo.mp4" leads out of the program\'s folder.';
		for (const main of ["shop/", "shop/index.ts"]) {
			await write("Pulumi.yaml", `name: shop\nruntime: nodejs\nmain: ${main}\n`);
			const { code, stdout } = await run(["validate"]);
			assert.deepEqual([code, stdout.split("\n")[0]], [1, outside], main);
			const right = await run(["validate"], { cwd: "shop" });
			assert.deepEqual([right.code, right.stdout], [0, "1 spec, 2 videos: all right.\n"]);
		}
		for (const main of ["gone/there/", "[", "a\\0b"]) {
			await write("Pulumi.yaml", `name: shop\nruntime: nodejs\nmain: "${main}"\n`);
			assert.equal((await run(["validate"])).stdout.split("\n")[0], outside, main);
		}
	});

	it("refuses more videos than it is told", async () => {
		await write("a.video.yaml", RIGHT);
		const { code, stdout } = await run(["validate", "--max-videos", "1"]);
		assert.equal(code, 1);
		assert.match(stdout, /matrix: describes 2 videos, more than the 1 that are allowed at once\./);
	});

	it("ends with 2 where it is called wrongly, with 1 where there is nothing to check", async () => {
		for (const flags of [
			["--nonsense"],
			["--json", "--github"],
			["--max-videos", "0"],
			["--max-videos", "x"],
		]) {
			const { code, stderr } = await run(["validate", ...flags]);
			assert.equal(code, 2, flags.join(" "));
			assert.doesNotMatch(stderr, /^\s+at /m);
		}
		const { code, stdout } = await run(["validate"]);
		assert.equal(code, 1);
		assert.match(stdout, /^\. {2}holds no spec/);
		assert.match(stdout, /\n1 problem\. Nothing was rendered\.\n$/);
	});

	it("shows examples and exit codes", async () => {
		const { code, stdout } = await run(["validate", "--help"]);
		assert.equal(code, 0);
		assert.match(stdout, /Exit codes: 0 .*, 1 .*, 2 /);
		assert.match(stdout, /npx pulumi-heygen validate videos\//);
	});
});

describe("an annotation of GitHub's", () => {
	it("is one line whose parts cannot end it or begin another", () => {
		const problem = {
			severity: "warning" as const,
			source: "videos/100%,a:b.yaml",
			line: undefined,
			column: undefined,
			property: "x\n::error::y",
			reason: "50%\r\n::set-output name=a::b\u001b[31m",
		};
		assert.equal(
			annotationOf(problem, "/shop", "/shop"),
			"::warning file=videos/100%25%2Ca%3Ab.yaml,title=x %3A%3Aerror%3A%3Ay::50%25 ::set-output name=a::b",
		);
	});
});

describe("pulumi-heygen schema", function () {
	this.timeout(60_000);

	it("prints the schema that the package ships", async () => {
		const printed = await new Promise<string>((resolve, reject) => {
			execFile(process.execPath, [main, "schema"], (error, stdout) =>
				error ? reject(error) : resolve(stdout),
			);
		});
		const shipped = await readFile(join(root, "specs", "video.schema.json"), "utf8");
		assert.deepEqual(JSON.parse(printed), JSON.parse(shipped));
	});
});
