import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../../scripts/childProcess.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const HEAVY =
	/\/node_modules\/(undici|zod|leven|yaml|tinyglobby)\/|\/(heygen\/client|provider\/settings)\.[jt]s$/;

/** Notes the address of every module that is loaded, by whichever of Node's two loaders, and prints them at the end. */
const RECORDER = `
import { registerHooks } from "node:module";
const loaded = new Set();
registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
process.on("exit", () => console.log(JSON.stringify([...loaded])));
`;

describe("a program that loads the package", function () {
	this.timeout(60_000);
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-loading-"));
		await writeFile(join(folder, "recorder.mjs"), RECORDER);
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** What a program loads; `source` is the rest of a CommonJS module that has the package as \`heygen\`. */
	async function loadedBy(source: string): Promise<string[]> {
		const built = join(root, "dist", "sdk", "index.js");
		const program = join(folder, "program.cjs");
		await writeFile(program, `const heygen = require(${JSON.stringify(built)});\n${source}\n`);
		const recorder = pathToFileURL(join(folder, "recorder.mjs")).href;
		const env = { PATH: process.env["PATH"] };
		const options = { cwd: folder, env, timeoutSeconds: 50 };
		const { code, stdout, stderr } = await run(process.execPath, ["--import", recorder, program], options);
		assert.equal(code, 0, stderr);
		const loaded: string[] = JSON.parse(stdout);
		assert.ok(loaded.includes(pathToFileURL(built).href), "the recorder sees too little");
		return loaded.filter((url) => HEAVY.test(url));
	}

	it("loads neither client nor schemas as long as it calls no function", async () => {
		assert.deepEqual(await loadedBy("heygen.AvatarShotsVideo, heygen.getAvatarLooks, heygen.VideoSet;"), []);
	});

	it("loads what reads specs with the first set of videos, and no client", async () => {
		const loaded = await loadedBy("try { new heygen.VideoSet('a', { specs: [] }); } catch {}");
		assert.ok(loaded.some((url) => url.includes("/yaml/")));
		assert.ok(!loaded.some((url) => url.includes("/undici/") || url.includes("/heygen/client.js")));
	});

	it("loads them with the first call", async () => {
		const loaded = await loadedBy("heygen.getAvatarLooks().catch(() => {});");
		for (const part of ["/undici/", "/zod/", "/heygen/client.js"]) {
			assert.ok(
				loaded.some((url) => url.includes(part)),
				`${part} is not among ${loaded.length}`,
			);
		}
	});
});
