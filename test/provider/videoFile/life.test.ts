import assert from "node:assert/strict";
import { mkdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Values } from "../../../provider/lifecycle.ts";
import { GIF, JPEG, mp4, sha256, studio } from "./support.ts";

const ONE = mp4("one");
const TWO = mp4("two");

describe("a video's file", () => {
	const scene = studio();
	const target = () => join(scene.folder, "dist/hero.mp4");
	const bytes = () => readFile(target());
	const inputsOf = async (inputs: Values = {}) =>
		(await scene.run().check({ videoId: "v1", path: "dist/hero.mp4", ...inputs }, undefined, scene.context()))
			.inputs;

	describe("that is created", () => {
		it("is written whole, with all that is known of it", async () => {
			const { id, state } = await scene.created();
			assert.ok((await bytes()).equals(ONE));
			const { mtimeMs, ...rest } = state;
			assert.ok(Math.abs(mtimeMs - Date.now()) < 60_000);
			assert.deepEqual(
				[id, rest],
				[
					"dist/hero.mp4",
					{
						videoId: "v1",
						path: "dist/hero.mp4",
						kind: "video",
						overwrite: false,
						allowOutside: false,
						sha256: sha256(ONE),
						sizeBytes: ONE.length,
						mimeType: "video/mp4",
						account: "me",
						stateVersion: 1,
					},
				],
			);
			assert.deepEqual(await scene.tree(), ["dist/hero.mp4"]);
			assert.deepEqual(scene.asked, ["/v3/users/me", "/v3/videos/v1", "/v1/video"]);
		});

		it("may be a still or a moving preview", async () => {
			scene.files.set("/v1/thumbnail", JPEG).set("/v1/gif", GIF);
			const still = await scene.created({ kind: "thumbnail", path: "hero.jpg" });
			const moving = await scene.created({ kind: "gif", path: "hero.gif" });
			assert.deepEqual([still.state.mimeType, moving.state.mimeType], ["image/jpeg", "image/gif"]);
			assert.deepEqual(await scene.tree(), ["hero.gif", "hero.jpg"]);
		});

		it("takes a file with the same bytes over, and leaves it as it is", async () => {
			await mkdir(join(scene.folder, "dist"));
			await writeFile(target(), ONE);
			await utimes(target(), 1_000, 1_000);
			const { state } = await scene.created();
			assert.equal(state.mtimeMs, 1_000_000);
			assert.deepEqual(await scene.tree(), ["dist/hero.mp4"]);
		});

		it("does not take the place of another file unless told", async () => {
			await mkdir(join(scene.folder, "dist"));
			await writeFile(target(), "mine");
			await assert.rejects(
				scene.created(),
				/"dist\/hero\.mp4" is there already, with other bytes.*overwrite: true/,
			);
			assert.equal(String(await bytes()), "mine");
			assert.deepEqual(await scene.tree(), ["dist/hero.mp4"]);
			await scene.created({ overwrite: true });
			assert.ok((await bytes()).equals(ONE));
		});

		it("takes the place of a file that the same stack wrote, when it is replaced", async () => {
			const { id, state } = await scene.created();
			scene.files.set("/v1/video", TWO);
			const next = scene.run();
			const { inputs } = await next.check(
				{ videoId: "v1", path: "dist/hero.mp4" },
				undefined,
				scene.context(),
			);
			await next.diff(id, state, inputs, scene.context());
			await next.create(inputs, scene.context());
			await next.delete(id, state, scene.context());
			assert.ok((await bytes()).equals(TWO));
		});

		it("is waited for while its video renders", async () => {
			const context = scene.context();
			scene.videos.set("v1", { status: "processing" });
			const report = (text: string) => {
				context.reports.push(text);
				if (/render/.test(text)) scene.videos.set("v1", { status: "completed" });
			};
			const made = await scene.run().create(await inputsOf(), { ...context, report });
			assert.equal(made.state.sha256, sha256(ONE));
		});

		it("is waited for while HeyGen has not made it yet", async () => {
			scene.files.set("/v1/gif", GIF);
			scene.videos.set("v1", { gif_url: null });
			const context = scene.context();
			const report = () => void scene.videos.set("v1", {});
			await scene.run().create(await inputsOf({ kind: "gif" }), { ...context, report });
			scene.videos.set("v1", { gif_url: null });
			await assert.rejects(
				scene.created({ kind: "gif" }),
				/Video v1 is completed, but HeyGen offers no gif of it\. Run `pulumi up` again later/,
			);
		});

		const noVideo: [string, object | undefined, RegExp][] = [
			[
				"failed",
				{ status: "failed", failure_code: "nsfw" },
				/Video v1 failed at HeyGen \(nsfw\), so there is no file/,
			],
			["takes too long", { status: "processing" }, /Video v1 is not finished after 1 s.*set wait\.timeout/],
			["is not there", undefined, /account of this API key has no video v1, or no longer/],
		];
		for (const [name, video, expected] of noVideo) {
			it(`makes no file and no folder when its video ${name}`, async () => {
				if (video) scene.videos.set("v1", video);
				else scene.videos.clear();
				const wait = video ? { timeout: "1s" } : { timeout: "5m" };
				await assert.rejects(scene.created({ wait }), expected);
				await assert.rejects(readFile(join(scene.folder, "dist")), { code: "ENOENT" });
			});
		}
	});

	describe("that is updated", () => {
		it("gets another video's bytes, and keeps the old ones until those are whole", async () => {
			const { id, state } = await scene.created();
			scene.videos.set("v2", {});
			scene.files.set("/v2/video", (response) => void response.writeHead(500).end());
			const inputs = await inputsOf({ videoId: "v2" });
			await assert.rejects(scene.run().update(id, state, inputs, scene.context()), /HTTP 500/);
			assert.ok((await bytes()).equals(ONE));
			assert.deepEqual(await scene.tree(), ["dist/hero.mp4"]);

			scene.files.set("/v2/video", TWO);
			const updated = await scene.run().update(id, state, inputs, scene.context());
			assert.ok((await bytes()).equals(TWO));
			assert.deepEqual([updated.videoId, updated.sha256], ["v2", sha256(TWO)]);
		});

		it("is fetched again when it is missing or altered, and not when only a switch has changed", async () => {
			const { id, state } = await scene.created();
			const inputs = await inputsOf({ overwrite: true });
			scene.asked.length = 0;
			const updated = await scene.run().update(id, state, inputs, scene.context());
			assert.deepEqual([updated.overwrite, updated.sha256, scene.asked], [true, state.sha256, []]);
			await writeFile(target(), "altered");
			const told = scene.context();
			const { changed } = await scene.run().diff(id, state, await inputsOf(), told);
			assert.equal(changed, true);
			assert.match(
				told.notes.join(),
				/"dist\/hero\.mp4" was changed by someone else .* `pulumi up` fetches it again, free/,
			);
			await scene.run().update(id, state, await inputsOf(), scene.context());
			assert.ok((await bytes()).equals(ONE));
			await rm(join(scene.folder, "dist"), { recursive: true });
			const context = scene.context();
			await scene.run().update(id, state, await inputsOf(), context);
			assert.ok((await bytes()).equals(ONE));
			assert.deepEqual(context.notes, []);
		});

		it("says so when HeyGen gives other bytes than before", async () => {
			const { id, state } = await scene.created();
			await rm(target());
			scene.files.set("/v1/video", TWO);
			const context = scene.context();
			await scene.run().update(id, state, await inputsOf(), context);
			assert.match(context.notes.join(), /"dist\/hero\.mp4" was fetched again; HeyGen's file has changed/);
		});

		it("stops when the key is of another account", async () => {
			const { id, state } = await scene.created();
			await rm(target());
			scene.videos.clear();
			const update = scene.run().update(id, { ...state, account: "them" }, await inputsOf(), scene.context());
			await assert.rejects(
				update,
				/Video v1 belongs to the HeyGen account "them", but the API key is of "me"/,
			);
		});

		it("does not follow a link that took the file's place", async () => {
			const { id, state } = await scene.created();
			await rm(target());
			await writeFile(join(scene.folder, "precious"), "mine");
			await symlink("../precious", target());
			const inputs = { ...state };
			await assert.rejects(scene.run().update(id, state, inputs, scene.context()), /is a symbolic link/);
			assert.equal(String(await readFile(join(scene.folder, "precious"))), "mine");
		});
	});

	describe("that is deleted", () => {
		it("is removed, alone, and may be gone already", async () => {
			const { id, state } = await scene.created();
			await writeFile(join(scene.folder, "dist/other.mp4"), "");
			const context = scene.context();
			await scene.run().delete(id, state, context);
			assert.deepEqual(await scene.tree(), ["dist/other.mp4"]);
			await scene.run().delete(id, state, context);
			await rm(join(scene.folder, "dist"), { recursive: true });
			await scene.run().delete(id, state, context);
			assert.deepEqual(context.notes, []);
		});

		it("is kept when it was changed since", async () => {
			const { id, state } = await scene.created();
			await writeFile(target(), TWO);
			await utimes(target(), state.mtimeMs / 1000, state.mtimeMs / 1000);
			const context = scene.context();
			await scene.run().delete(id, state, context);
			assert.ok((await bytes()).equals(TWO));
			assert.deepEqual(context.notes, ['"dist/hero.mp4" is kept: it was changed after it was written.']);
		});

		it("is kept when its folder leads out of the project now", async () => {
			const { id, state } = await scene.created();
			const outside = `${scene.folder}-outside`;
			try {
				await mkdir(outside);
				await writeFile(join(outside, "hero.mp4"), ONE);
				await rm(join(scene.folder, "dist"), { recursive: true });
				await symlink(outside, join(scene.folder, "dist"));
				const context = scene.context();
				await scene.run().delete(id, state, context);
				assert.ok((await readFile(join(outside, "hero.mp4"))).equals(ONE));
				assert.match(
					context.notes.join(),
					/is kept: it leads out of the program's folder by a symbolic link/,
				);
			} finally {
				await rm(outside, { recursive: true, force: true });
			}
		});

		it("is kept when the program wants it by another path that leads to it", async () => {
			const { id, state } = await scene.created();
			await symlink("dist", join(scene.folder, "public"), "junction");
			const lifecycle = scene.run();
			const { inputs } = await lifecycle.check(
				{ videoId: "v1", path: "public/hero.mp4" },
				undefined,
				scene.context(),
			);
			await lifecycle.create(inputs, scene.context());
			await lifecycle.delete(id, state, scene.context());
			assert.ok((await bytes()).equals(ONE));
		});

		it("is kept when the program still wants a file at its path", async () => {
			const { id, state } = await scene.created();
			const lifecycle = scene.run();
			const renamed = scene.context("renamed");
			const { inputs } = await lifecycle.check({ videoId: "v1", path: "dist/hero.mp4" }, undefined, renamed);
			await lifecycle.create(inputs, renamed);
			await lifecycle.delete(id, state, scene.context());
			assert.ok((await bytes()).equals(ONE));
		});
	});
});
