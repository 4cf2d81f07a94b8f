import { createHash } from "node:crypto";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DownloadLimits } from "../../../heygen/download.ts";
import type { Context, Lifecycle, Values } from "../../../provider/lifecycle.ts";
import { createVideoFile } from "../../../provider/videoFile/index.ts";
import type { VideoFileState } from "../../../provider/videoFile/state.ts";
import { quickClock } from "../../support/clock.ts";
import { type TestContext, testContext } from "../../support/context.ts";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";

/** Bytes that pass for an MP4. */
export const mp4 = (text: string, size = 200_000) =>
	Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftypmp42${text}`), Buffer.alloc(size, text)]);
export const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50)]);
export const GIF = Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(50)]);
export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

export const urnOf = (name: string) =>
	`urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:VideoFile::${name}`;

export interface Studio {
	/** The project's folder. */
	folder: string;
	/** Video ids and what the service answers of them, over `{ id, status: "completed" }` with links to `files`. */
	videos: Map<string, object>;
	/** The bytes at a link's path, such as `/v1/video`, or how the host answers for them. */
	files: Map<string, Buffer | ((response: ServerResponse) => void)>;
	/** Paths that were asked for, without query. */
	asked: string[];
	/** Another run of the engine: nothing of what an earlier one has learnt. */
	run(limits?: DownloadLimits): Lifecycle<VideoFileState>;
	context(name?: string, sameRunAs?: Context): TestContext;
	/** Checks and creates, as a first `pulumi up` does. */
	created(
		inputs?: Values,
		lifecycle?: Lifecycle<VideoFileState>,
	): Promise<{ id: string; state: VideoFileState }>;
	/** All files below the folder. */
	tree(): Promise<string[]>;
}

/** A service with files, and a project's folder, fresh before each test of the block. */
export function studio(): Studio {
	const scene = {} as Studio;
	let server: TestServer;

	beforeEach(async () => {
		scene.folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-files-")));
		scene.videos = new Map([["v1", {}]]);
		scene.files = new Map([["/v1/video", mp4("one")]]);
		scene.asked = [];
		server = await startServer((request, response) => {
			const { pathname } = new URL(request.url ?? "", "http://x");
			scene.asked.push(pathname);
			const id = /^\/v3\/videos\/(.+)$/.exec(pathname)?.[1];
			if (pathname === "/v3/users/me") {
				answerJson(response, 200, { data: { username: "me" } });
			} else if (id !== undefined) {
				const more = scene.videos.get(id);
				const link = (kind: string) => `${server.url}/${id}/${kind}?Signature=secret-part`;
				const links = { video_url: link("video"), thumbnail_url: link("thumbnail"), gif_url: link("gif") };
				if (more) answerJson(response, 200, { data: { id, status: "completed", ...links, ...more } });
				else
					answerJson(response, 404, { error: { code: "video_not_found", message: `Video ${id} not found` } });
			} else {
				const file = scene.files.get(pathname);
				if (typeof file === "function") file(response);
				else response.writeHead(file ? 200 : 404).end(file);
			}
		});
	});
	afterEach(async () => {
		await server.close();
		await rm(scene.folder, { recursive: true, force: true });
	});

	scene.run = (limits = {}) => createVideoFile({ folder: scene.folder, limits });
	scene.context = (name = "hero", sameRunAs) =>
		testContext({
			urn: urnOf(name),
			baseUrl: server.url,
			clock: quickClock(),
			...(sameRunAs ? { sameRunAs } : {}),
		});
	scene.created = async (inputs = {}, lifecycle = scene.run()) => {
		const context = scene.context();
		const given = { videoId: "v1", path: "dist/hero.mp4", ...inputs };
		const checked = await lifecycle.check(given, undefined, context);
		if (checked.problems.length > 0) throw new Error(JSON.stringify(checked.problems));
		return lifecycle.create(checked.inputs, context);
	};
	scene.tree = async () => {
		const entries = await readdir(scene.folder, { recursive: true, withFileTypes: true });
		return entries
			.filter((entry) => !entry.isDirectory())
			.map((entry) => join(entry.parentPath, entry.name).slice(scene.folder.length + 1))
			.sort();
	};
	return scene;
}
