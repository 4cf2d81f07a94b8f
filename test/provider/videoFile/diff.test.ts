import assert from "node:assert/strict";
import { mkdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { mp4, studio } from "./support.ts";

describe("what a change of a video file does", () => {
	const scene = studio();
	const target = () => join(scene.folder, "dist/hero.mp4");

	/** The difference between what a run has written and what the next one finds. */
	const comparedAfter = async (change: () => unknown, inputs: Values = {}, before: Values = {}) => {
		const { id, state } = await scene.created(before);
		await change();
		scene.asked.length = 0;
		const lifecycle = scene.run();
		const given = { videoId: "v1", path: "dist/hero.mp4", ...before, ...inputs };
		const checked = await lifecycle.check(given, undefined, scene.context());
		const difference = await lifecycle.diff(id, state, checked.inputs, scene.context());
		assert.deepEqual(scene.asked, [], "a diff asks nobody");
		return difference;
	};
	const nothing = () => {};
	const UNCHANGED = { changed: false, replaces: [] };
	const IN_PLACE = { changed: true, replaces: [] };
	const REPLACED = { changed: true, replaces: ["path"] };

	const cases: [string, Values, object][] = [
		["nothing", {}, UNCHANGED],
		["another spelling of the path", { path: "./dist/x/../hero.mp4" }, UNCHANGED],
		["another video", { videoId: "v2" }, IN_PLACE],
		["a video that a preview does not know yet", { videoId: unknown }, IN_PLACE],
		["another kind", { kind: "gif" }, IN_PLACE],
		["overwrite", { overwrite: true }, IN_PLACE],
		["allowOutside", { allowOutside: true }, IN_PLACE],
		["the wait", { wait: { timeout: "5m" } }, IN_PLACE],
		["another path", { path: "dist/other.mp4" }, REPLACED],
		["a path that a preview does not know yet", { path: unknown }, REPLACED],
	];
	for (const [name, inputs, expected] of cases) {
		it(`${name}: ${expected === UNCHANGED ? "nothing" : expected === IN_PLACE ? "in place" : "another file"}`, async () => {
			assert.deepEqual(await comparedAfter(nothing, inputs), expected);
		});
	}

	const disk: [string, () => unknown, object][] = [
		["is missing", () => rm(target()), IN_PLACE],
		["is missing with its folder", () => rm(join(scene.folder, "dist"), { recursive: true }), IN_PLACE],
		["is shorter", () => writeFile(target(), "x"), IN_PLACE],
		[
			"has other bytes of the same length",
			async () => {
				await writeFile(target(), mp4("two"));
				await utimes(target(), 1, 1);
			},
			IN_PLACE,
		],
		["was touched, but is the same", () => utimes(target(), 1, 1), UNCHANGED],
		["was written again with the same bytes", () => writeFile(target(), mp4("one")), UNCHANGED],
		[
			"is a folder now",
			async () => {
				await rm(target());
				await mkdir(target());
			},
			IN_PLACE,
		],
	];
	for (const [name, change, expected] of disk) {
		it(`a file that ${name}: ${expected === UNCHANGED ? "nothing" : "in place"}`, async () => {
			if (name === "is a folder now") {
				const { id, state } = await scene.created();
				await change();
				const inputs = {
					videoId: "v1",
					path: "dist/hero.mp4",
					kind: "video",
					overwrite: false,
					allowOutside: false,
				};
				assert.deepEqual(await scene.run().diff(id, state, inputs, scene.context()), expected);
				return;
			}
			assert.deepEqual(await comparedAfter(change), expected);
		});
	}

	it("a file that a refresh found missing: in place, also when it is back", async () => {
		const { id, state } = await scene.created();
		const bytes = mp4("one");
		await rm(target());
		const found = await scene.run().read(id, state, scene.context());
		assert.equal(found?.state.drift, "missing");
		await writeFile(target(), bytes);
		const { inputs } = await scene
			.run()
			.check({ videoId: "v1", path: "dist/hero.mp4" }, undefined, scene.context());
		assert.deepEqual(await scene.run().diff(id, found.state, inputs, scene.context()), IN_PLACE);
		scene.asked.length = 0;
		const mended = await scene.run().update(id, found.state, inputs, scene.context());
		assert.deepEqual([mended.drift, scene.asked], [undefined, []]);
	});

	it("a refresh sees a missing and an altered file, also one that looks untouched, and asks nobody", async () => {
		const { id, state } = await scene.created();
		scene.asked.length = 0;
		const drift = async () => (await scene.run().read(id, state, scene.context()))?.state.drift;
		assert.equal(await drift(), undefined);
		await writeFile(target(), mp4("two"));
		await utimes(target(), state.mtimeMs / 1000, state.mtimeMs / 1000);
		assert.equal(await drift(), "altered");
		await rm(target());
		assert.equal(await drift(), "missing");
		await symlink("/etc/hostname", target());
		assert.equal(await drift(), "altered");
		assert.deepEqual(scene.asked, []);
	});
});
