import assert from "node:assert/strict";
import { accessibilityProblems, browserTests, overflow, reachedByTab } from "../support/browser.ts";
import { clientOf, idOf, perTest } from "./support.ts";

const WORDS = "A baker carries a tray through a bright kitchen. ".repeat(12);

describe("emulator: the page in a browser", function () {
	this.timeout(90_000);
	const { start } = perTest();
	const look = browserTests();

	const filled = async () => {
		const emulator = await start({ queueSeconds: 0, renderSeconds: 0 });
		const client = clientOf(emulator);
		idOf(await client.submit({ title: "Kitchen", duration: 4 }, "a-key"));
		idOf(await client.submit({ title: "x".repeat(200), prompt: WORDS, aspect_ratio: "9:16", duration: 4 }));
		idOf(await client.submit({ title: "Refused", prompt: "[fail: moderation: not that]" }));
		await client.upload(Buffer.from("%PDF-1.4\n"), { name: `${"long-name-".repeat(9)}.pdf` });
		await client.get(`/v3/${"way-".repeat(90)}`);
		emulator.control.settings.renderSeconds = 3_600;
		idOf(await client.submit({ title: "Lobby" }));
		return { ...emulator, client };
	};

	for (const dark of [false, true]) {
		it(`is open to everybody, without an error and on a phone, ${dark ? "in dark mode" : "in light"}`, async () => {
			const { url } = await filled();
			const { page, problems } = await look(url, { width: 360, height: 740, dark });
			assert.deepEqual(await accessibilityProblems(page), []);
			assert.equal(await overflow(page), 0);
			const paper = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
			assert.equal(paper, dark ? "rgb(19, 19, 22)" : "rgb(255, 255, 255)");
			await page.goto(`${url}${await page.evaluate("document.querySelector('.card a').pathname")}`);
			assert.deepEqual(await accessibilityProblems(page), []);
			assert.deepEqual([await overflow(page), problems], [0, []]);
		});
	}

	it("gives the keyboard every video, prompt and link", async () => {
		const { url } = await filled();
		const { page } = await look(url);
		const reached = await reachedByTab(page, 40);
		assert.ok(reached.includes("Video: Kitchen"), String(reached));
		assert.ok(reached.some((name) => name.startsWith("Video: xxx")));
		assert.ok(reached.some((name) => name.startsWith("A baker carries")));
		assert.ok(reached.some((name) => /\/videos\/\w+$/.test(name)));
	});

	it("follows what happens, while a video plays on and what was opened stays open", async () => {
		const { url, control, client } = await filled();
		const { page, problems } = await look(url);
		await page.evaluate(`
			window.playing = document.querySelector("video[aria-label='Video: Kitchen']");
			playing.muted = true; playing.loop = true; playing.play();
			document.querySelector("details").open = true;
			document.querySelector("details summary").focus();
			window.stops = 0; playing.addEventListener("pause", () => stops++);
		`);
		await page.waitForFunction("playing.currentTime > 0.2", { timeout: 60_000 });
		const width = () => page.evaluate("document.querySelector('progress').value");
		assert.equal(await width(), 0);
		control.clock.advance(1_800);
		await page.waitForFunction("document.querySelector('progress').value >= 50");
		idOf(await client.submit({ title: "Another" }));
		await page.waitForFunction("document.querySelectorAll('progress').length === 2");
		control.clock.advance(3_600);
		await page.waitForFunction("document.querySelectorAll('video').length === 4");
		await page.waitForFunction("document.querySelectorAll('progress').length === 0");
		assert.deepEqual(
			await page.evaluate(`[stops, playing.isConnected, playing.paused, document.querySelector("details").open,
				document.activeElement === document.querySelector("details summary")]`),
			[0, true, false, true, true],
		);
		assert.deepEqual(problems, []);
	});

	it("says when the emulator does not answer", async () => {
		const emulator = await filled();
		const { page } = await look(emulator.url);
		assert.equal(await page.evaluate("document.getElementById('silence').hidden"), true);
		await emulator.close();
		await page.waitForFunction("!document.getElementById('silence').hidden");
	});
});
