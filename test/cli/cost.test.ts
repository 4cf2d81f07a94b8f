import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asJson, asMarkdown } from "../../cli/cost/show.ts";
import { reasonText } from "../../cli/cost/values.ts";
import { startEmulator } from "../../emulator/index.ts";
import { billFor } from "../../plan/bill.ts";
import { readPreview } from "../../plan/preview.ts";
import { type PlannedVideo, plannedVideos } from "../../plan/videos.ts";
import { perTestProcess } from "../emulator/process.ts";

const file = (name: string) => join(import.meta.dirname, "previews", `${name}.json`);
const text = (name: string) => readFile(file(name), "utf8");
const planned = async (name: string) => plannedVideos(readPreview(await text(name), "it"));
const changes = (videos: readonly PlannedVideo[]) =>
	Object.fromEntries(videos.map(({ name, change }) => [name, change]));

describe("what a preview plans", () => {
	it("is told of every video once, with what it costs and what is free", async () => {
		assert.deepEqual(changes(await planned("changed")), {
			fresh: "new",
			formed: "regenerated",
			prompt: "regenerated",
			secret: "regenerated",
			branded: "perhaps",
			adopting: "adopted",
			titled: "changed",
			gone: "deleted",
		});
	});

	it("says for which inputs, with both values, shortened, and never a secret one", async () => {
		const videos = await planned("changed");
		const why = (name: string) => videos.find((video) => video.name === name)?.reasons.map(reasonText);
		assert.deepEqual(why("prompt"), [
			'prompt: "…carries a tray." → "…carries a tray through a bright kitchen, past the oven, past…"',
			'aspectRatio: "16:9" → "9:16"',
		]);
		assert.deepEqual(why("formed"), ["references: a.png (785e9c86) → a.png (79041659)", "revision: 1 → 2"]);
		assert.deepEqual(why("secret"), ["prompt: [secret]"]);
		assert.deepEqual(why("branded"), ["references: not known before the update"]);
	});

	it("counts what is replaced by force, which no input calls for", async () => {
		const same = (await planned("forced")).find(({ name }) => name === "same");
		assert.deepEqual([same?.change, same?.reasons], ["regenerated", []]);
	});

	it("is priced by what is certain and by what there may be at most, to the cent", async () => {
		const { renders, mostRenders, costUsd, mostCostUsd } = billFor(await planned("changed"), 0.1);
		assert.deepEqual([renders, mostRenders, costUsd, mostCostUsd], [4, 5, 0.4, 0.5]);
	});

	it("is held against the limits by what there may be at most", async () => {
		const passed = async (limits: object) => billFor(await planned("changed"), 7, limits).passed;
		assert.deepEqual(await passed({ maxVideos: 5, maxUsd: 35 }), []);
		assert.equal((await passed({ maxVideos: 4, maxUsd: 34.99 })).length, 2);
		assert.equal((await passed({ maxVideos: 0 })).length, 1);
	});

	it("is told of one render as of one", async () => {
		const [video] = (await planned("changed")).filter(({ change }) => change === "regenerated");
		assert.ok(video);
		assert.deepEqual(billFor([video], 7, { maxVideos: 0 }).passed, ["1 render is more than --max-videos 0."]);
	});
});

describe("a file that is no preview of the stack", () => {
	const urn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
	const step = { op: "same", urn };
	for (const [name, content, expected] of [
		[
			"no JSON",
			"Previewing update (dev):",
			/it is not the output of `pulumi preview --json`\. Make one with/,
		],
		["other JSON", '{"a":1}', /is not the output/],
		["null", "null", /is not the output/],
		["the engine's events", '{"sequence":1}\n{"sequence":2}', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
		["without inputs", JSON.stringify({ steps: [step] }), /does not say what the inputs are/],
		["of another stack", JSON.stringify({ steps: [step] }), /is of the stack "dev", not of "prod"/],
	] as const) {
		it(`is refused: ${name}`, () => {
			const stack = name === "of another stack" ? "acme/shop/prod" : undefined;
			assert.throws(() => readPreview(content, "it", { stack }), expected);
		});
	}
});

describe("what a preview costs", () => {
	it("is at most so much where nothing is certain", async () => {
		const videos = (await planned("changed")).filter(({ change }) => change === "perhaps");
		const answer = { project: "shop", stack: "dev", videos, bill: billFor(videos, 7), account: undefined };
		assert.match(asJson({ ...answer, warnings: [] }), /"renders": 0,\n\s+"mostRenders": 1/);
		assert.match(
			asMarkdown({ ...answer, warnings: [] }),
			/Up to 1 video to render at USD 7\.00: USD 7\.00 at most/,
		);
	});
});

describe("pulumi-heygen cost", () => {
	const { launch } = perTestProcess();
	const cost = (...flags: string[]) => launch(["cost", ...flags]).ended;
	const KEYS = ["HEYGEN_API_KEY", "HEYGEN_BASE_URL", "HEYGEN_PRICE_PER_VIDEO_USD"];
	let before: (string | undefined)[];

	beforeEach(() => {
		before = KEYS.map((key) => process.env[key]);
		for (const key of KEYS) delete process.env[key];
	});
	afterEach(() => {
		for (const [at, key] of KEYS.entries()) {
			if (before[at] === undefined) delete process.env[key];
			else process.env[key] = before[at];
		}
	});

	it("prints a table without colours where nobody looks, and ends well", async () => {
		const { code, stdout, stderr } = await cost("--preview", file("changed"));
		assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
		assert.match(stdout, /^HeyGen videos of shop\/dev$/m);
		assert.match(stdout, /^ {2}± prompt {4}regenerated {2}prompt: /m);
		assert.match(stdout, /^4 videos to render at USD 7\.00: USD 28\.00 \(up to 5, USD 35\.00\)\.$/m);
		assert.match(stdout, /--show-sames/);
		assert.doesNotMatch(stdout, /(?!\n)\p{Cc}|hushed/u);
	});

	it("tells an account that cannot pay for it", async () => {
		const emulator = await startEmulator();
		try {
			emulator.control.setBalance("emulator", 30);
			process.env["HEYGEN_API_KEY"] = emulator.apiKey;
			process.env["HEYGEN_BASE_URL"] = emulator.url;
			const { code, stdout } = await cost("--preview", file("changed"));
			assert.equal(code, 0, stdout);
			assert.match(stdout, /The account "emulator" has USD 30\.00\.\nWarning/);
			assert.match(stdout, /Warning: the balance is USD 5\.00 short of USD 35\.00\./);
			const requests = emulator.control.requests().map(({ method, path }) => `${method} ${path}`);
			assert.deepEqual(requests, ["GET /v3/users/me"]);
		} finally {
			await emulator.close();
		}
	});

	it("goes on where the balance cannot be read, and shows no key", async () => {
		process.env["HEYGEN_API_KEY"] = "secret-key";
		process.env["HEYGEN_BASE_URL"] = "http://127.0.0.1:9";
		const { code, stdout, stderr } = await cost("--preview", file("changed"));
		assert.equal(code, 0, stderr);
		assert.match(stdout, /Warning: the balance is not known/);
		assert.doesNotMatch(stdout + stderr, /secret-key/);
	});

	it("speaks to programs by --json, and to pull requests by --markdown", async () => {
		process.env["HEYGEN_PRICE_PER_VIDEO_USD"] = "6.5";
		const { stdout } = await cost("--preview", file("changed"), "--json");
		const { project, stack, renders, costUsd, mostCostUsd, videos } = JSON.parse(stdout);
		assert.deepEqual([project, stack, renders, costUsd, mostCostUsd], ["shop", "dev", 4, 26, 32.5]);
		assert.equal(videos.length, 8);
		const markdown = (await cost("--preview", file("changed"), "--markdown")).stdout;
		assert.match(
			markdown,
			/^### HeyGen videos of shop\/dev\n\n\| video \| change \| why \|\n\|---\|---\|---\|\n/,
		);
		assert.match(markdown, /^\| secret \| regenerated \| prompt: \\\[secret\\\] \|$/m);
	});

	it("ends with 3 over a limit, after it has told all", async () => {
		const { code, stdout } = await cost("--preview", file("changed"), "--max-videos", "4", "--max-usd", "35");
		assert.equal(code, 3);
		assert.match(stdout, /Over the limit: 5 renders are more than --max-videos 4\.\n$/);
	});

	it("ends with 2 when it is used wrongly", async () => {
		for (const flags of [
			["--max-usd", "free"],
			["--max-videos", "-1"],
			["--json", "--markdown"],
			["--nonsense"],
		]) {
			const { code, stdout, stderr } = await cost(...flags);
			assert.deepEqual({ code, stdout }, { code: 2, stdout: "" }, flags.join(" "));
			assert.match(stderr, /^error: /);
		}
		assert.equal((await cost("--help")).code, 0);
	});

	it("ends with 1, and says what the preview said, when that one failed", async () => {
		const { code, stdout, stderr } = await cost("--preview", file("capped"));
		assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
		assert.match(
			stderr,
			/^error: The update would render 4 videos \(USD 28\.00\), and heygen:maxNewVideos allows 2/,
		);
	});

	it("says where to look when a preview says no more than that it failed, as by a broken policy", async () => {
		const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-cost-"));
		try {
			const failed = [{ message: "error: preview failed\n", severity: "error" }];
			const whole = JSON.parse(await text("changed"));
			await writeFile(join(folder, "failed.json"), JSON.stringify({ ...whole, diagnostics: failed }));
			const { code, stdout, stderr } = await cost("--preview", join(folder, "failed.json"));
			assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
			assert.match(stderr, /^The preview failed, .*which policy was broken\. `pulumi preview` shows it\.$/m);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	it("ends with 1 when there is no such file, or no pulumi", async () => {
		const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-cost-"));
		const path = process.env["PATH"];
		try {
			const none = await cost("--preview", join(folder, "none.json"));
			assert.deepEqual([none.code, none.stderr], [1, `There is no file ${join(folder, "none.json")}.\n`]);
			await writeFile(join(folder, "empty.json"), "");
			assert.match(
				(await cost("--preview", join(folder, "empty.json"))).stderr,
				/empty\.json is not the output/,
			);
			process.env["PATH"] = folder;
			const missing = await cost();
			assert.equal(missing.code, 1);
			assert.match(missing.stderr, /^There is no `pulumi` on the PATH\./);
		} finally {
			process.env["PATH"] = path;
			await rm(folder, { recursive: true, force: true });
		}
	});
});
