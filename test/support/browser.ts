import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { filledOnce, forThisMachine, userCache } from "../../scripts/engine/cache.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const require = createRequire(import.meta.url);

/** What a page must be at, whoever looks at it. */
export interface Look {
	readonly width?: number;
	readonly height?: number;
	readonly dark?: boolean;
	readonly stillness?: boolean;
}

/** A page in a real browser, and what went wrong on it. */
export interface Seen {
	readonly page: Page;
	/** Errors of scripts, of the console, of the content policy, and addresses that did not answer. */
	readonly problems: string[];
}

/**
 * A real browser for the tests of a `describe`, closed after them: `CHROME_PATH`, else a Chromium of the machine's, else
 * the one that @sparticuz/chromium brings (Linux on x64). Where there is none, the tests are skipped, and say so.
 */
export function browserTests() {
	let browser: Browser | undefined;
	const open: Page[] = [];
	before(async function () {
		this.timeout(120_000);
		const found = await findBrowser();
		if (found === undefined) {
			console.log("      no browser on this machine: set CHROME_PATH to a Chromium to run these tests");
			return this.skip();
		}
		const { launch } = await import("puppeteer-core");
		browser = await launch({ ...found, headless: "shell", timeout: 60_000 });
	});
	afterEach(() => Promise.all(open.splice(0).map((page) => page.close())).then(() => {}));
	after(() => browser?.close());

	return async (url: string, { width = 1100, height = 900, dark = false, stillness = false }: Look = {}) => {
		if (browser === undefined) throw new Error("The browser has not started.");
		const page = await browser.newPage();
		open.push(page);
		const problems: string[] = [];
		page.on("console", (message) => {
			if (message.type() === "error") problems.push(message.text());
		});
		page.on("pageerror", (error) => problems.push(String(error)));
		page.on("requestfailed", (request) => {
			if (request.failure()?.errorText !== "net::ERR_ABORTED") problems.push(`no answer: ${request.url()}`);
		});
		await page.setViewport({ width, height });
		await page.emulateMediaFeatures([
			{ name: "prefers-color-scheme", value: dark ? "dark" : "light" },
			{ name: "prefers-reduced-motion", value: stillness ? "reduce" : "no-preference" },
		]);
		await page.goto(url, { waitUntil: "load" });
		return { page, problems } satisfies Seen;
	};
}

/** What axe finds wrong for people who do not see, hear, read or point as most do: one line for each element. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
	await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
	const { violations } = (await page.evaluate("axe.run()")) as {
		violations: { id: string; nodes: { html: string }[] }[];
	};
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What the keyboard reaches, in order: the label, the address or the text of each element that gets the focus. */
export async function reachedByTab(page: Page, presses: number): Promise<string[]> {
	const reached: string[] = [];
	for (let press = 0; press < presses; press++) {
		await page.keyboard.press("Tab");
		const name = await page.evaluate(
			"(({ ariaLabel, href, textContent }) => ariaLabel ?? href ?? textContent.slice(0, 60))(document.activeElement)",
		);
		if (reached.at(-1) !== name) reached.push(String(name));
	}
	return reached;
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<unknown> {
	return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** How many pixels the text of the first such element takes; next to none where the browser has no font. */
export async function textWidth(page: Page, selector: string): Promise<number> {
	const script = `{
		const range = document.createRange();
		range.selectNodeContents(document.querySelector(${JSON.stringify(selector)}));
		range.getBoundingClientRect().width;
	}`;
	return Number(await page.evaluate(script));
}

async function findBrowser() {
	const named = process.env["CHROME_PATH"];
	const onPath = (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => {
		return NAMES.map((name) => join(folder, name));
	});
	const executablePath = [...(named ? [named] : []), ...onPath].find(isProgram);
	if (executablePath !== undefined) return { executablePath, args: ["--no-sandbox"] };
	return process.platform === "linux" && process.arch === "x64" ? broughtAlong() : undefined;
}

/** Unpacked once for all checkouts, with the libraries and fonts that a bare machine lacks. */
async function broughtAlong() {
	const { version } = JSON.parse(
		readFileSync(require.resolve("@sparticuz/chromium").replace(/build.*/, "package.json"), "utf8"),
	);
	const name = forThisMachine(`chromium-${version}-fonts`);
	const folder = await filledOnce(join(userCache(process.env), "browser"), name, unpack);
	return {
		executablePath: join(folder, "chromium"),
		args: ["--no-sandbox", "--no-zygote", "--single-process", "--disable-gpu", "--font-render-hinting=none"],
		env: {
			...process.env,
			LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
			FONTCONFIG_PATH: join(folder, "fonts"),
		},
	};
}

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/** The package unpacks into the system's folder for temporary files, and its libraries only where it finds Lambda. */
async function unpack(folder: string): Promise<void> {
	const program = 'import("@sparticuz/chromium").then((chromium) => chromium.default.executablePath())';
	const child = spawn(process.execPath, ["--eval", program], {
		cwd: import.meta.dirname,
		env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
		stdio: "inherit",
	});
	const [code] = await once(child, "exit");
	if (code !== 0) throw new Error(`Chromium could not be unpacked: exit code ${code}`);
	// Its own one names folders of Lambda's.
	await writeFile(join(folder, "fonts", "fonts.conf"), FONTS);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
