import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type LoadedSpecs, lineOf, loadSpecs, type SpecsGiven } from "../../specs/index.ts";

/** A video that needs nothing more. */
export const VIDEO = "prompt: A baker.\navatarIds: [look1]\n";

export interface SpecsTest {
	/** The folder of a project without specs, new for each test. */
	folder: string;
	/** Writes files below it. */
	write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
	load(given: SpecsGiven, mostVideos?: number): LoadedSpecs;
	/** The problems of specs, as lines. */
	told(given: SpecsGiven, mostVideos?: number): string[];
	/** What is wrong with one file of this text. */
	toldOf(text: string): Promise<string[]>;
	/** The videos of one file of this text; fails the test when there is a problem. */
	videosOf(text: string): Promise<LoadedSpecs["videos"]>;
}

/** To be called in a `describe`. */
export function perTest(): SpecsTest {
	const test = {
		folder: "",
		async write(files: Readonly<Record<string, string | Uint8Array>>) {
			for (const [path, content] of Object.entries(files)) {
				const file = join(test.folder, path);
				await mkdir(dirname(file), { recursive: true });
				await writeFile(file, content);
			}
		},
		load(given: SpecsGiven, mostVideos = 5_000) {
			const { folder } = test;
			return loadSpecs(given, { folder, program: folder, project: folder, mostVideos });
		},
		told: (given: SpecsGiven, mostVideos?: number) => test.load(given, mostVideos).problems.map(lineOf),
		async toldOf(text: string) {
			await test.write({ "a.video.yaml": text });
			return test.told("a.video.yaml");
		},
		async videosOf(text: string) {
			const told = await test.toldOf(text);
			if (told.length > 0) throw new Error(told.join("\n"));
			return test.load("a.video.yaml").videos;
		},
	};
	beforeEach(async () => {
		test.folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-specs-")));
	});
	afterEach(() => rm(test.folder, { recursive: true, force: true }));
	return test;
}
