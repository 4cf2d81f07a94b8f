import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "../userError.ts";
import { local, root } from "./stack.ts";

const ANSWER_LIMIT_MS = 30_000;
const DOWNLOAD_LIMIT_MS = 600_000;

interface Wanted {
	baseUrl: string;
	apiKey: string;
	/** The video's id. */
	video: string;
	/** The file's name without `.mp4`. */
	name: string;
}

/** Which video the file on disk is, and how long it was when it was complete. */
interface Kept {
	video: string;
	bytes: number;
}

/**
 * Puts the finished video into `out/`, unless it is there already, and gives back the path as the user would
 * type it. The link in the state expires, so a fresh one is asked for; no link appears in an error.
 */
export async function keepFile(wanted: Wanted): Promise<string> {
	const file = join(root, "out", `${wanted.name}.mp4`);
	const note = join(local, `${wanted.name}.mp4.json`);
	if (!(await isKept(file, note, wanted.video))) {
		await download(await freshLink(wanted), file);
		const kept: Kept = { video: wanted.video, bytes: (await stat(file)).size };
		await writeFile(note, JSON.stringify(kept));
	}
	return relative(process.cwd(), file);
}

async function isKept(file: string, note: string, video: string): Promise<boolean> {
	try {
		const kept = JSON.parse(await readFile(note, "utf8")) as Kept;
		return kept.video === video && kept.bytes === (await stat(file)).size;
	} catch {
		return false;
	}
}

async function freshLink({ baseUrl, apiKey, video }: Wanted): Promise<string> {
	const answer = await fetch(`${baseUrl}/v3/videos/${encodeURIComponent(video)}`, {
		headers: { "x-api-key": apiKey },
		signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
	});
	const body = answer.ok ? ((await answer.json()) as { data?: { video_url?: string } }) : undefined;
	const link = body?.data?.video_url;
	if (link === undefined) {
		throw new UserError(
			`Video ${video} cannot be fetched: HTTP ${answer.status}. Run this again to try once more.`,
		);
	}
	return link;
}

async function download(link: string, file: string): Promise<void> {
	const answer = await fetch(link, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
	if (!answer.ok || answer.body === null) {
		throw new UserError(
			`The video's file cannot be fetched: HTTP ${answer.status}. Run this again to try once more.`,
		);
	}
	await mkdir(join(root, "out"), { recursive: true });
	const unfinished = `${file}.${process.pid}.part`;
	try {
		await pipeline(Readable.fromWeb(answer.body), createWriteStream(unfinished));
		await rename(unfinished, file);
	} finally {
		await rm(unfinished, { force: true });
	}
}
