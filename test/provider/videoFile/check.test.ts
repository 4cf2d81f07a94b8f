import assert from "node:assert/strict";
import { lstat, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unknown, type Values } from "../../../provider/lifecycle.ts";
import { studio } from "./support.ts";

const GOOD = { videoId: "v1", path: "dist/hero.mp4" };

describe("what a video file may be", () => {
	const scene = studio();
	let outside: string;
	beforeEach(async () => {
		outside = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-outside-")));
	});
	afterEach(() => rm(outside, { recursive: true, force: true }));

	const problems = async (inputs: Values) => {
		const { problems } = await scene.run().check({ ...GOOD, ...inputs }, undefined, scene.context());
		return problems.map(({ property, reason }) => `${property}: ${reason}`);
	};
	const problem = async (inputs: Values) => {
		const [text = "no problem", ...more] = await problems(inputs);
		assert.deepEqual(more, []);
		return text;
	};

	it("fills in defaults, and writes nothing", async () => {
		const checked = await scene.run().check(GOOD, undefined, scene.context());
		assert.deepEqual(checked, {
			inputs: { ...GOOD, kind: "video", overwrite: false, allowOutside: false },
			problems: [],
		});
		assert.deepEqual([await scene.tree(), scene.asked], [[], []]);
	});

	const wrong: [string, Values, RegExp][] = [
		["an empty path", { path: "" }, /^path: must be the path of a file .*; got ""/],
		["a blank path", { path: "  " }, /^path: must be the path/],
		["a path with a zero byte", { path: "a\0b" }, /^path: must be the path/],
		["a path with a line break", { path: "a\nb" }, /^path: must be the path/],
		["no path", { path: undefined }, /^path: must be .*got nothing/],
		["a path that is the folder", { path: "." }, /^path: "\." must name a file, not a folder/],
		["a path that ends like a folder's", { path: "dist/" }, /^path: "dist\/" must name a file, not a folder/],
		[
			"a path that leaves the project",
			{ path: "../x.mp4" },
			/leads out of the program's folder\. Set allowOutside/,
		],
		["one that does so in its middle", { path: "dist/../../x.mp4" }, /leads out of the program's folder/],
		[
			"an absolute path",
			{ path: "/srv/hero.mp4" },
			/must be relative to the program's folder, such as "dist/,
		],
		[
			"an unknown kind",
			{ kind: "poster" },
			/^kind: must be one of "video", "thumbnail", "gif"; got "poster"/,
		],
		["overwrite as a text", { overwrite: "yes" }, /^overwrite: must be true or false/],
		["a wait that is none", { wait: { timeout: "soon" } }, /^wait\.timeout: must be a duration/],
		["the API's spelling", { video_id: "v1" }, /^video_id: there is no such input; did you mean videoId/],
	];
	for (const [name, inputs, expected] of wrong) {
		it(`refuses ${name}`, async () => {
			assert.match(await problem(inputs), expected);
		});
	}

	it("refuses a path that is a folder, and one below a file", async () => {
		await mkdir(join(scene.folder, "dist/hero.mp4"), { recursive: true });
		assert.match(await problem({}), /"dist\/hero\.mp4" is a folder; name a file in it/);
		await writeFile(join(scene.folder, "out"), "");
		assert.match(await problem({ path: "out/hero.mp4" }), /leads through a file as if it were a folder/);
		assert.match(await problem({ path: "out/a/b/hero.mp4" }), /leads through a file as if it were a folder/);
	});

	it("takes a folder that another file's download makes meanwhile", async () => {
		for (let round = 0; round < 300; round++) {
			const folder = join(scene.folder, `dist${round}`);
			const checks = Array.from({ length: 10 }, () => problems({ path: `dist${round}/hero.mp4` }));
			// Each round a little later, so that some fall between two looks of a check.
			for (let looks = 0; looks < round % 6; looks++) await lstat(scene.folder);
			await mkdir(folder);
			assert.deepEqual((await Promise.all(checks)).flat(), []);
		}
	});

	it("refuses links that lead out, at any depth, to nowhere, and in the place of the file", async () => {
		await symlink(outside, join(scene.folder, "dist"));
		assert.match(await problem({}), /leads out of the program's folder by a symbolic link/);
		assert.match(await problem({ path: "dist/a/b/hero.mp4" }), /by a symbolic link/);
		assert.deepEqual(await problems({ allowOutside: true }), []);
		await symlink(join(outside, "none"), join(scene.folder, "gone"));
		assert.match(await problem({ path: "gone/hero.mp4" }), /leads through a symbolic link to nowhere/);
		await writeFile(join(outside, "theirs.mp4"), "");
		for (const target of ["theirs.mp4", "not-there.mp4"]) {
			await symlink(join(outside, target), join(scene.folder, `to-${target}`));
			assert.match(await problem({ path: `to-${target}` }), /is a symbolic link; name the file itself/);
		}
		await symlink("round", join(scene.folder, "round"));
		assert.match(await problem({ path: "round/hero.mp4" }), /cannot be looked at \(ELOOP\)/);
	});

	it("takes links within the project, and paths outside when they are allowed", async () => {
		await mkdir(join(scene.folder, "public"));
		await symlink("public", join(scene.folder, "dist"));
		assert.deepEqual(await problems({}), []);
		const path = join(outside, "hero.mp4");
		assert.deepEqual(await problems({ path, allowOutside: true }), []);
		assert.deepEqual(await problems({ path: "../x.mp4", allowOutside: true }), []);
	});

	it("refuses two files at one path, however it is written, and the same one again never", async () => {
		const lifecycle = scene.run();
		const check = async (name: string, path: string) =>
			(await lifecycle.check({ ...GOOD, path }, undefined, scene.context(name))).problems;
		assert.deepEqual(await check("hero", "dist/hero.mp4"), []);
		assert.deepEqual(await check("hero", "dist/hero.mp4"), []);
		assert.deepEqual(await check("copy", "./dist/a/../hero.mp4"), [
			{
				property: "path",
				reason:
					'"./dist/a/../hero.mp4" is the path of the video file "hero" too; each file needs a path of its own.',
			},
		]);
		assert.deepEqual(await check("other", "dist/other.mp4"), []);
	});

	it("leaves aside what a preview cannot know yet", async () => {
		for (const inputs of [
			{ videoId: unknown },
			{ path: unknown },
			{ path: "../x.mp4", allowOutside: unknown },
		]) {
			assert.deepEqual(await problems(inputs), []);
		}
	});
});
