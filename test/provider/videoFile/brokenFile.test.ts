import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, utimes, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { JPEG, mp4, studio } from "./support.ts";

const ONE = mp4("one");

describe("a video's file", () => {
	const scene = studio();

	describe("that does not come whole", () => {
		const never: [string, Buffer | ((response: ServerResponse) => void), RegExp][] = [
			[
				"a web page",
				Buffer.from("<!doctype html><html>Sign in</html>"),
				/not an MP4, but looks like a web page/,
			],
			["a picture", JPEG, /what came is not an MP4 \(video of video v1\)/],
			["nothing", Buffer.alloc(0), /what came is empty/],
			["a few bytes", ONE.subarray(0, 10), /not an MP4/],
			[
				"less than announced, each time",
				(response) => {
					response.writeHead(200, { "content-length": ONE.length });
					response.write(ONE.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 10));
				},
				/download failed \d times.*the connection broke off/,
			],
			["a refusal, each time", (response) => void response.writeHead(403).end(), /answered HTTP 403/],
		];
		for (const [name, answer, expected] of never) {
			it(`leaves no file and no part of it: ${name}`, async () => {
				scene.files.set("/v1/video", answer);
				await assert.rejects(scene.created(), (error) => {
					assert.match(String(error), expected);
					assert.match(String(error), /^Error: "dist\/hero\.mp4" was not written: .*Run `pulumi up` again/);
					assert.doesNotMatch(String(error), /secret-part/);
					return true;
				});
				assert.deepEqual(await scene.tree(), []);
			});
		}

		it("leaves no part when the disk takes no more, and says so", async () => {
			scene.files.set("/v1/video", mp4("big", 3_000_000));
			const { baseUrl } = scene.context().settings;
			// A limit of the shell's stands in for a full disk: the same write fails, with EFBIG instead of ENOSPC.
			const script = `
				import { createVideoFile } from "./provider/videoFile/index.ts";
				import { testContext } from "./test/support/context.ts";
				const file = createVideoFile({ folder: ${JSON.stringify(scene.folder)} });
				const context = testContext({ baseUrl: ${JSON.stringify(baseUrl)} });
				const { inputs } = await file.check({ videoId: "v1", path: "dist/hero.mp4" }, undefined, context);
				await file.create(inputs, context).then(() => console.log("written"), (error) => console.log(error.message));
				process.exit();`;
			const { output, status } = await runLimited(script);
			assert.equal(status, 0, output);
			assert.match(
				output,
				/"dist\/hero\.mp4" was not written: the file is larger than the file system or a limit/,
			);
			assert.deepEqual(await scene.tree(), []);
		});

		it("leaves no part when the process ends meanwhile", async () => {
			scene.files.set("/v1/video", (response) => {
				response.writeHead(200, { "content-length": 1_000_000 });
				response.write(ONE);
			});
			const { baseUrl } = scene.context().settings;
			const script = `
				import { readdirSync } from "node:fs";
				import { createVideoFile } from "./provider/videoFile/index.ts";
				import { testContext } from "./test/support/context.ts";
				const folder = ${JSON.stringify(scene.folder)};
				const file = createVideoFile({ folder });
				const context = testContext({ baseUrl: ${JSON.stringify(baseUrl)} });
				const { inputs } = await file.check({ videoId: "v1", path: "hero.mp4" }, undefined, context);
				void file.create(inputs, context);
				for (;;) {
					const [part] = readdirSync(folder);
					if (part) { console.log(part); process.exit(1); }
					await new Promise((resolve) => setTimeout(resolve, 5));
				}`;
			const { output } = await runLimited(script);
			assert.match(output, /^\.hero\.mp4\.[0-9a-f]{6}-\d+-[0-9a-f]{8}\.part$/m);
			assert.deepEqual(await scene.tree(), []);
		});

		it("removes what a killed run has left for the same file, and nothing else", async () => {
			await mkdir(join(scene.folder, "dist"));
			const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);
			const ended = String(spawnSync(process.execPath, ["--version"]).pid);
			const left = [`.hero.mp4.${machine}-${ended}-01234567.part`, ".hero.mp4.ffffff-1-01234567.part"];
			const others = [
				`.hero.mp4.${machine}-${process.pid}-01234567.part`,
				".hero.mp4.ffffff-1-89abcdef.part",
				`.other.mp4.${machine}-${ended}-01234567.part`,
				".hero.mp4.notes.part",
			];
			for (const name of [...left, ...others]) await writeFile(join(scene.folder, "dist", name), "");
			const hourAgo = Date.now() / 1000 - 3600;
			await utimes(join(scene.folder, "dist", left[1] ?? ""), hourAgo, hourAgo);
			await scene.created();
			const expected = [...others.map((name) => `dist/${name}`), "dist/hero.mp4"];
			assert.deepEqual(await scene.tree(), expected.sort());
		});

		it("removes it under a long name of four-byte characters too", async () => {
			const left = join(scene.folder, `.x${"🎬".repeat(39)}.ffffff-1-01234567.part`);
			await writeFile(left, "");
			await utimes(left, 0, 0);
			const path = `x${"🎬".repeat(50)}.mp4`;
			await scene.created({ path });
			assert.deepEqual(await scene.tree(), [path]);
		});

		it("says so when there is no permission", async () => {
			await mkdir(join(scene.folder, "dist"), { mode: 0o555 });
			await chmod(scene.folder, 0o755);
			await asNoRoot(() =>
				assert.rejects(scene.created(), /"dist\/hero\.mp4" was not written: there is no permission/),
			);
			await chmod(join(scene.folder, "dist"), 0o700);
		});

		it("says so when a name is too long", async () => {
			const path = `${"x".repeat(300)}.mp4`;
			await assert.rejects(scene.created({ path }), /ENAMETOOLONG/);
			await scene.created({ path: `${"é".repeat(120)}.mp4` });
		});
	});
});

/** Runs a script with this Node, and no file may grow beyond 1 MB. */
async function runLimited(script: string) {
	const command = `ulimit -f 1024; exec "$0" --input-type=module -e "$1"`;
	const child = spawn("bash", ["-c", command, process.execPath, script], {
		cwd: join(import.meta.dirname, "../../.."),
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
	const status = await new Promise((resolve) => child.on("close", resolve));
	return { output, status };
}

/** Root may write everywhere: its rights are laid down for the time of `work`. */
async function asNoRoot(work: () => Promise<void>): Promise<void> {
	const NOBODY = 65_534;
	if (process.geteuid?.() !== 0) return work();
	process.seteuid?.(NOBODY);
	try {
		await work();
	} finally {
		process.seteuid?.(0);
	}
}
