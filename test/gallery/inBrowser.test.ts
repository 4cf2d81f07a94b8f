import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../emulator/process.ts";
import { clientOf, idOf, perTest } from "../emulator/support.ts";
import {
	accessibilityProblems,
	browserTests,
	overflow,
	reachedByTab,
	textWidth,
} from "../support/browser.ts";

describe("a gallery in a browser", function () {
	this.timeout(90_000);
	const { start } = perTest();
	const look = browserTests();
	let folder: string;
	let address: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "gallery-test-"));
		await mkdir(join(folder, "dist"));
		for (const name of ["state", "preview"]) {
			await copyFile(join(import.meta.dirname, "shop", `${name}.json`), join(folder, `${name}.json`));
		}
		const emulator = await start({ queueSeconds: 0, renderSeconds: 0 });
		const id = idOf(await clientOf(emulator).submit({ title: "Kitchen", duration: 4 }));
		for (const [name, path] of [
			["video.mp4", "hero.mp4"],
			["thumbnail.jpg", "hero.jpg"],
			["thumbnail.jpg", "square #1.jpg"],
		] as const) {
			const bytes = await (await fetch(`${emulator.url}/videos/${id}/${name}`)).arrayBuffer();
			await writeFile(join(folder, "dist", path), Buffer.from(bytes));
		}
		const [state, preview] = [join(folder, "state.json"), join(folder, "preview.json")];
		const out = join(folder, "gallery.html");
		const flags = ["--state", state, "--preview", preview, "--program", folder, "--out", out];
		const { code, stderr } = await launch(["gallery", ...flags]).ended;
		assert.equal(code, 0, stderr);
		address = pathToFileURL(out).href;
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	for (const dark of [false, true]) {
		it(`is open to everybody, without an error and on a phone, ${dark ? "in dark mode" : "in light"}`, async () => {
			const { page, problems } = await look(address, { width: 360, height: 740, dark });
			assert.deepEqual(await accessibilityProblems(page), []);
			assert.deepEqual([await overflow(page), problems], [0, []]);
			assert.ok(
				(await textWidth(page, "h1")) > 100,
				"without glyphs nothing overflows, and no contrast is seen",
			);
			const paper = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
			assert.equal(paper, dark ? "rgb(19, 19, 22)" : "rgb(255, 255, 255)");
		});
	}

	it("shows a video on the disk that has no still, in its own shape", async () => {
		await rm(join(folder, "dist", "hero.jpg"));
		const tall = pathToFileURL(join(folder, "tall.html"));
		const state = await readFile(join(folder, "state.json"), "utf8");
		await writeFile(join(folder, "tall.json"), state.replaceAll('"16:9"', '"9:16"'));
		const flags = ["--state", join(folder, "tall.json"), "--program", folder, "--out", fileURLToPath(tall)];
		const { code, stderr } = await launch(["gallery", ...flags]).ended;
		assert.equal(code, 0, stderr);
		const { page, problems } = await look(tall.href, { width: 360, height: 740 });
		await page.waitForFunction("document.querySelector('video').readyState > 0", { timeout: 60_000 });
		const shape =
			"(({ clientWidth, clientHeight }) => clientHeight / clientWidth)(document.querySelector('video'))";
		assert.ok(Number(await page.evaluate(shape)) > 1.5);
		assert.deepEqual(problems, []);
	});

	it("plays from the disk what the keyboard reaches", async () => {
		const { page, problems } = await look(address);
		assert.ok((await reachedByTab(page, 8)).includes("Video: hero"));
		await page.evaluate(
			"{ const video = document.querySelector('video'); video.muted = true; video.play() }",
		);
		await page.waitForFunction("document.querySelector('video').currentTime > 0.2", { timeout: 60_000 });
		assert.deepEqual(problems, []);
	});
});
