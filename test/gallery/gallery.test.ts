import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../emulator/process.ts";

/** What the real engine has exported of the stack `shop/dev`, and said of its next run. */
const SHOP = join(import.meta.dirname, "shop");
const STILL = Buffer.from("ffd8ffe000104a464946", "hex");

describe("pulumi-heygen gallery", function () {
	this.timeout(60_000);
	let folder: string;
	let out: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "gallery-test-"));
		out = join(folder, "gallery.html");
		for (const name of ["state", "secrets", "preview"]) {
			await copyFile(join(SHOP, `${name}.json`), join(folder, `${name}.json`));
		}
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const inFolder = (name: string) => join(folder, name);
	const gallery = (...flags: string[]) => {
		const state = flags.includes("--state") ? [] : ["--state", inFolder("state.json")];
		return launch(["gallery", ...state, "--program", folder, "--out", out, ...flags]).ended;
	};
	const pageOf = async (...flags: string[]) => {
		const { code, stderr } = await gallery(...flags);
		assert.deepEqual([code, stderr], [0, ""]);
		return readFile(out, "utf8");
	};
	const writeStill = async () => {
		await mkdir(inFolder("dist"));
		await writeFile(inFolder("dist/square #1.jpg"), STILL);
	};
	/** Changes the state as a text. */
	const rewrite = async (name: string, change: (text: string) => string) => {
		await writeFile(inFolder(name), change(await readFile(inFolder(name), "utf8")));
	};

	it("shows every video with its state, prompt, settings and price", async () => {
		const page = await pageOf();
		assert.match(page, /Videos of shop\/dev/);
		assert.match(page, /4 videos at USD 7\.00: USD 28\.00/);
		const card = (name: string) => {
			const found = page.split("<li").find((part) => part.includes(`<bdi>${name}</bdi></h3>`));
			assert.ok(found, name);
			return found;
		};
		assert.match(card("hero"), /completed.*A baker carries a tray.*Kitchen.*4 s.*USD 7\.00/s);
		assert.match(card("slow"), /rendering.*The curtain rises/s);
		assert.match(card("square"), /box\.png, https:\/\/assets\.example\.com\/logo\.png.*1080p.*take 2/s);
		assert.match(card("teaser"), /pending create.*Three quick cuts/s);
		assert.doesNotMatch(card("teaser"), /USD/);
	});

	it("lists videos by their names, those that wait to be deleted after the others", async () => {
		const names = async () =>
			[...(await pageOf()).matchAll(/<h3><bdi>([^<]+)<\/bdi><\/h3>/g)].map(([, name]) => name);
		assert.deepEqual(await names(), ["hero", "slow", "square", "tall", "teaser"]);
		await rewrite("state.json", (text) => {
			const state = JSON.parse(text);
			for (const resource of state.deployment.resources) {
				if (resource.urn.endsWith("Video::hero")) resource.delete = true;
			}
			state.deployment.resources.reverse();
			return JSON.stringify(state);
		});
		assert.deepEqual(await names(), ["slow", "square", "tall", "hero", "teaser"]);
	});

	it("gives a player the shape of its video, and lets it load its first picture from the disk alone", async () => {
		await mkdir(inFolder("dist"));
		await writeFile(inFolder("dist/hero.mp4"), "x");
		assert.match(
			await pageOf(),
			/<video [^>]*preload="metadata"[^>]* src="dist\/hero\.mp4"[^>]* data-ratio="16:9"/,
		);
		await rm(inFolder("dist"), { recursive: true });
		const page = await pageOf("--state", inFolder("secrets.json"), "--with-links");
		assert.match(page, /<video [^>]*preload="none"[^>]* src="http:[^>]* data-ratio="9:16"/);
		assert.doesNotMatch(page, /preload="metadata"/);
	});

	it("begins with what is planned where the stack has no video", async () => {
		await writeFile(inFolder("empty.json"), '{"deployment":{"resources":null}}');
		const flags = ["--state", inFolder("empty.json"), "--preview", inFolder("preview.json")];
		const { stdout } = await gallery(...flags);
		assert.match(
			stdout,
			/gallery\.html: 2 to render \(USD 14\.00\), 2 changed for free, 1 deleted, 0 videos in the stack\.$/m,
		);
		const page = await readFile(out, "utf8");
		assert.doesNotMatch(page, /0 videos|Unchanged|There is no video\./);
		assert.match(await pageOf("--state", inFolder("empty.json")), /In the stack \(0\).*There is no video\./s);
	});

	it("marks what waits to be deleted, and what is only looked up", async () => {
		await rewrite("state.json", (text) => {
			const state = JSON.parse(text);
			for (const resource of state.deployment.resources) {
				if (resource.urn.endsWith("::hero") && resource.type.endsWith("Video")) resource.delete = true;
				if (resource.urn.endsWith("::tall")) resource.external = true;
			}
			return JSON.stringify(state);
		});
		const page = await pageOf();
		assert.match(page, /pending delete/);
		assert.match(page, /not managed/);
	});

	it("leads to the files that the stack has written, from the page on", async () => {
		await writeStill();
		out = inFolder("dist/page.html");
		assert.match(await pageOf(), /<img src="square%20%231\.jpg"/);
		out = inFolder("page.html");
		assert.match(await pageOf(), /<img src="dist\/square%20%231\.jpg"/);
	});

	it("puts files into the page where they fit and are what the stack has written", async () => {
		await writeStill();
		const sha256 = createHash("sha256").update(STILL).digest("hex");
		assert.match(await pageOf("--embed"), /<img src="dist\//, "the recorded hash is another one");
		await rewrite("state.json", (text) => {
			const state = JSON.parse(text);
			for (const { urn, outputs } of state.deployment.resources) {
				if (urn.endsWith("::square-still")) Object.assign(outputs, { sha256, sizeBytes: STILL.length });
			}
			return JSON.stringify(state);
		});
		assert.ok((await pageOf("--embed")).includes(`src="data:image/jpeg;base64,${STILL.toString("base64")}"`));
		assert.match(await pageOf("--embed", "0.000001"), /<img src="dist\//);
	});

	it("holds no presigned link unless it is asked to, and says then what that means", async () => {
		const flags = ["--state", inFolder("secrets.json")];
		assert.doesNotMatch(await pageOf(...flags), /Signature|Expires=|ciphertext/);
		const { stdout } = await gallery(...flags, "--with-links");
		assert.match(stdout, /whoever has it can see the videos/);
		const page = await readFile(out, "utf8");
		assert.match(page, /<video [^>]*src="http:\/\/127\.0\.0\.1:\d+\/files\/\w+\/video\.mp4\?Expires=/);
		assert.match(page, /presigned links: whoever has it can see the videos, until\s+the links expire/);
		assert.match(page, /media-src &#39;self&#39; file: http:\/\/127\.0\.0\.1:\d+ data:/);

		const encrypted = await gallery("--with-links");
		assert.equal(encrypted.code, 1);
		assert.match(encrypted.stderr, /encrypted.*--show-secrets/);
	});

	it("hides a prompt that is a secret, also where the state tells it", async () => {
		await rewrite("secrets.json", (text) => {
			const state = JSON.parse(text);
			for (const { urn, outputs } of state.deployment.resources) {
				if (!urn.endsWith("::slow")) continue;
				outputs.prompt = {
					"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
					plaintext: '"the new product"',
				};
			}
			return JSON.stringify(state);
		});
		const page = await pageOf("--state", inFolder("secrets.json"), "--with-links");
		assert.doesNotMatch(page, /the new product/);
		assert.match(page, /\[secret\]/);
	});

	it("shows every text from outside as text, and leads nowhere but to the web", async () => {
		await rewrite("state.json", (text) =>
			text
				.replaceAll(/"videoPageUrl": "http[^"]*"/g, '"videoPageUrl": "javascript:alert(1)"')
				.replaceAll('"Kitchen"', '"x\\" onmouseover=\\"alert(1)"'),
		);
		const page = await pageOf("--preview", inFolder("preview.json"));
		assert.doesNotMatch(
			page,
			/<script|<img src=x|href="javascript| onmouseover="|\p{Bidi_Control}|(?!\n|\t)\p{Cc}/u,
		);
		assert.match(page, /&lt;\/script&gt;&lt;script&gt;alert\(&quot;prompt&quot;\)/);
		assert.match(page, /\[U\+202E\]right to left/);
		assert.match(page, /default-src &#39;none&#39;/);
	});

	it("shows what a preview would render beside the old video, and the sum", async () => {
		const page = await pageOf("--preview", inFolder("preview.json"));
		assert.match(page, /2 renders: USD 14\.00; 1 deleted/);
		assert.match(page, /<bdi>hero<\/bdi>: regenerated, <strong>USD 7\.00/);
		assert.match(page, /<h4>prompt<\/h4>.*carries a tray.*carries two trays/s);
		assert.match(page, /<h4>duration<\/h4>.*>4<.*>8</s);
		assert.match(page, /<bdi>outro<\/bdi>: new, <strong>USD 7\.00/);
		assert.match(page, /<bdi>tall<\/bdi>: deleted</);
		assert.match(page, /<bdi>square<\/bdi>: changed for free<.*<h4>title<\/h4>/s);
		assert.doesNotMatch(page, /__provider|submissionKey|resourceUrn/);
	});

	it("counts no render for a video that is taken over by its id", async () => {
		await rewrite("preview.json", (text) => {
			const preview = JSON.parse(text);
			for (const { urn, newState } of preview.steps) {
				if (urn.endsWith("::outro")) delete newState.inputs.submissionKey;
			}
			return JSON.stringify(preview);
		});
		assert.match(
			await pageOf("--preview", inFolder("preview.json")),
			/1 render: USD 7\.00; .*<bdi>outro<\/bdi>: adopted, not rendered</s,
		);
	});

	it("says that nothing would change where a preview shows no change", async () => {
		await writeFile(inFolder("preview.json"), '{"steps":[],"changeSummary":{"same":5}}');
		const page = await pageOf("--preview", inFolder("preview.json"));
		assert.match(page, /0 renders: USD 0\.00; 0 deleted.*Nothing would change/s);
	});

	it("tells what may turn out to need no render apart", async () => {
		await rewrite("preview.json", (text) => {
			const preview = JSON.parse(text);
			for (const step of preview.steps) {
				const { urn, newState, oldState } = step;
				if (!urn.endsWith("::hero") || newState === undefined) continue;
				step.replaceReasons = ["references"];
				const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
				newState.inputs = { ...oldState.inputs, references: [{ assetId: later }], submissionKey: later };
			}
			return JSON.stringify(preview);
		});
		const page = await pageOf("--preview", inFolder("preview.json"));
		assert.match(page, /1 render: USD 7\.00 \(up to 2, USD 14\.00\)/);
		assert.match(page, /<bdi>hero<\/bdi>: perhaps regenerated, up to <strong>USD 7\.00/);
	});

	it("says in a sentence what is wrong with what it is given, and writes nothing", async () => {
		await writeFile(inFolder("other.json"), '{"deployment":[]}');
		const preview = await readFile(inFolder("preview.json"), "utf8");
		await writeFile(inFolder("prod.json"), preview.replaceAll("urn:pulumi:dev::", "urn:pulumi:prod::"));
		const shop = preview.match(/urn:pulumi:dev::([^:]+)::/)?.[1];
		await writeFile(inFolder("another.json"), preview.replaceAll(`dev::${shop}::`, "dev::another::"));
		const wrong: [RegExp, ...string[]][] = [
			[/other\.json is not what `pulumi stack export` writes/, "--state", inFolder("other.json")],
			[/not the output of `pulumi preview --json`/, "--preview", inFolder("state.json")],
			[/is of the stack "prod", not of "dev"/, "--preview", inFolder("prod.json")],
			[/is of the stack "another\/dev", not of "\w+\/dev"/, "--preview", inFolder("another.json")],
			[/There is no file .*none\.json/, "--state", inFolder("none.json")],
		];
		for (const [message, ...flags] of wrong) {
			const { code, stdout, stderr } = await gallery(...flags);
			assert.deepEqual([code, stdout], [1, ""]);
			assert.match(stderr, message);
			assert.doesNotMatch(stderr, /^\s+at /m);
		}
		assert.deepEqual((await readdir(folder)).sort(), [
			"another.json",
			"other.json",
			"preview.json",
			"prod.json",
			"secrets.json",
			"state.json",
		]);
	});

	it("is refused, with the hint to --help, when it is called wrongly", async () => {
		for (const [message, ...flags] of [
			[/--embed \[megabytes\].*must be a number/, "--embed", "much"],
			[/Only one of/, "--state", "-", "--preview", "-"],
			[/unknown option '--ot'/, "--ot"],
		] as const) {
			const { code, stdout, stderr } = await gallery(...flags);
			assert.deepEqual([code, stdout], [2, ""]);
			assert.match(stderr, message);
			assert.match(stderr, /--help/);
		}
	});

	it("tells programs what it wrote", async () => {
		const { stdout } = await gallery("--json");
		const wrote = { file: out, videos: 5, pictures: 0, planned: null, outside: 0, links: false };
		assert.deepEqual(JSON.parse(stdout), wrote);
		const previewed = await gallery("--json", "--preview", inFolder("preview.json"));
		assert.equal(JSON.parse(previewed.stdout).planned, 5);
		assert.match(
			(await gallery("--preview", inFolder("preview.json"))).stdout,
			/: 2 to render .*deleted, 5 videos in the stack, 0 with a picture\.$/m,
		);
	});

	it("overwrites a gallery, and no other file unless it is told to", async () => {
		await pageOf();
		await pageOf();
		await writeFile(out, "my own page");
		const { code, stderr } = await gallery();
		assert.equal(code, 1);
		assert.match(stderr, /is no gallery.*--force/);
		assert.equal(await readFile(out, "utf8"), "my own page");
		assert.match(await pageOf("--force"), /Videos of shop/);
	});
});
