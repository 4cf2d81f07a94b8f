import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../sdk/index.ts";

const SPEC = {
	prompt: "A baker in {{city}}.",
	avatarIds: ["look1"],
	matrix: { city: ["Oslo", "Rome"] },
	download: "dist/{{name}}.mp4",
};

describe("VideoSet in a program", () => {
	let folder: string;
	let before: string;
	let resources: pulumi.runtime.MockResourceArgs[];

	beforeEach(async () => {
		before = process.cwd();
		folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-set-")));
		process.chdir(folder);
		resources = [];
		await pulumi.runtime.setMocks(
			{
				newResource(args) {
					resources.push(args);
					return { id: `${args.name}-id`, state: { ...args.inputs, videoPageUrl: `page of ${args.name}` } };
				},
				call: ({ inputs }) => ({ id: `id of ${inputs.name}`, name: inputs.name, avatarType: "t", tags: [] }),
			},
			"shop",
			"dev",
		);
	});
	afterEach(async () => {
		await pulumi.runtime.resetOptions("", "", 1, "", "", false, "");
		process.chdir(before);
		await rm(folder, { recursive: true, force: true });
	});

	const value = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));
	const inputsOf = (name: string, type = "AvatarShotsVideo") =>
		resources.find((each) => each.name === name && each.type.endsWith(`:${type}`))?.inputs;

	it("has a video and a file for each combination, and outputs by name", async () => {
		await mkdir("videos");
		await writeFile("videos/launch.video.yaml", JSON.stringify(SPEC));
		const set = new heygen.VideoSet("spring", { specs: "videos/**/*.video.yaml" });
		assert.deepEqual(await value(set.videoIds), {
			"launch-Oslo": "spring-launch-Oslo-id",
			"launch-Rome": "spring-launch-Rome-id",
		});
		const pages = await value(set.videoPageUrls);
		assert.equal(pages["launch-Rome"], "page of spring-launch-Rome");
		assert.ok(heygen.AvatarShotsVideo.isInstance(set.videos["launch-Oslo"]));
		assert.ok(heygen.VideoSet.isInstance(set) && !heygen.VideoSet.isInstance(set.videos["launch-Oslo"]));
		const file = set.files["launch-Oslo"];
		assert.ok(file !== undefined);
		assert.equal(await value(file.path), "dist/launch-Oslo.mp4");
		const inputs = inputsOf("spring-launch-Oslo");
		assert.equal(inputs?.prompt, "A baker in Oslo.");
		assert.equal(await value(set.videos["launch-Oslo"]?.urn as pulumi.Output<string>), inputs?.resourceUrn);
	});

	it("looks names of looks up, and keeps ids as they are", async () => {
		const { avatarIds: _, ...spec } = SPEC;
		const set = new heygen.VideoSet("spring", { specs: { a: { ...spec, looks: ["Desk, front"] }, b: SPEC } });
		await value(set.videoIds);
		assert.deepEqual(inputsOf("spring-a-Oslo")?.avatarIds, ["id of Desk, front"]);
		assert.deepEqual(inputsOf("spring-b-Oslo")?.avatarIds, ["look1"]);
	});

	it("hands options down: the parent's, those of videos, transformations and aliases", async () => {
		const set = new heygen.VideoSet(
			"spring",
			{
				specs: [{ name: "hero", formerName: "old", prompt: "A baker.", avatarIds: ["l"], download: "a.mp4" }],
			},
			{
				retainOnDelete: true,
				protect: true,
				customTimeouts: { create: "20m" },
				aliases: [{ name: "winter" }],
				transformations: [
					({ type, props, opts }) => {
						return { props: type.endsWith(":AvatarShotsVideo") ? { ...props, duration: 5 } : props, opts };
					},
				],
			},
		);
		await value(set.videoIds);
		const video = set.videos["hero"] as unknown as { __protect: boolean; __aliases: pulumi.Output<string>[] };
		assert.equal(video.__protect, true);
		assert.deepEqual(inputsOf("spring-hero")?.wait, { timeout: "20m" });
		assert.equal(inputsOf("spring-hero")?.duration, 5);
		const aliases = await Promise.all(video.__aliases.map(value));
		const urn = (name: string) =>
			`urn:pulumi:dev::shop::heygen:index:VideoSet$pulumi-nodejs:dynamic/heygen:AvatarShotsVideo::${name}`;
		assert.deepEqual(aliases, [urn("spring-old")], "the engine adds those of the set's own aliases");
	});

	it("ends the program with all that is wrong, without a stack, before anything is registered", async () => {
		await writeFile("a.video.yaml", "prompt: A baker.\navatarIds: [l]\nduration: 3\n");
		const wrong = () => new heygen.VideoSet("spring", { specs: ["a.video.yaml", "clips/*.yaml"] });
		assert.throws(wrong, (error: Error) => {
			assert.ok(pulumi.RunError.isInstance(error));
			assert.equal(error.stack, "");
			assert.equal(
				error.message,
				"VideoSet spring:\na.video.yaml:3:1  duration: must be a whole number of seconds from 4 to 15; got 3.\n" +
					"clips/*.yaml  fits no file.",
			);
			return true;
		});
		assert.throws(() => new heygen.VideoSet("spring", {} as never), /specs\[0\] {2}must be a path/);
		assert.throws(
			() => new heygen.VideoSet("spring", { specs: { a: SPEC }, maxVideos: 1 }),
			/describes 2 videos/,
		);
		await new Promise((resolve) => setImmediate(resolve));
		assert.deepEqual(resources, []);
	});
});
