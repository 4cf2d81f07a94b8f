import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { redact } from "../../heygen/redact.ts";
import { LARGEST_ASSET_BYTES } from "../../heygen/schemas/asset.ts";
import { type Context, GivenFile } from "../lifecycle.ts";
import { type Content, FileProblem, readContent } from "../uploads/content.ts";

/** How long the fetch of a remote file may take, in milliseconds. */
const FETCH_LIMIT_MS = 10 * 60_000;

/** The path of a source that lies on this machine; undefined for the others. */
export function localPath(source: string | GivenFile): string | undefined {
	if (typeof source === "string") return source;
	if (source.source === undefined) return undefined;
	if ("path" in source.source) return source.source.path;
	if ("uri" in source.source && source.source.uri.startsWith("file:"))
		return fileURLToPath(source.source.uri);
	return undefined;
}

/**
 * Hands the file of a source over for as long as `use` runs, whatever it is: a file of the project as it lies there, a
 * text or a remote file as a temporary one. Throws `FileProblem`.
 */
export async function withFile<T>(
	source: string | GivenFile,
	{ uploads, signal, report }: Context,
	use: (content: Content) => Promise<T>,
): Promise<T> {
	const path = localPath(source);
	if (path !== undefined) return use(await uploads.contents.of(path));
	const given = source instanceof GivenFile ? source.source : undefined;
	if (given === undefined) throw new FileProblem("the source is empty.");

	const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	try {
		if ("text" in given) {
			const file = join(folder, "text.srt");
			await writeFile(file, given.text);
			return await use(await readContent(file, "the text"));
		}
		if (!("uri" in given)) throw new FileProblem("the source has no bytes.");
		const name = basename(URL.parse(given.uri)?.pathname ?? "") || randomBytes(4).toString("hex");
		const file = join(folder, name.replace(/[^\w.-]/g, "_"));
		report(`fetching ${redact(given.uri)}`);
		await fetchTo(file, given.uri, signal);
		return await use(await readContent(file, redact(given.uri)));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function fetchTo(file: string, uri: string, signal: AbortSignal): Promise<void> {
	const limit = AbortSignal.timeout(FETCH_LIMIT_MS);
	try {
		const { statusCode, body } = await request(uri, { signal: AbortSignal.any([signal, limit]) });
		if (statusCode !== 200) {
			await body.dump();
			throw new FileProblem(`${redact(uri)} answered ${statusCode}; it must be public.`);
		}
		await pipeline(body, atMost(LARGEST_ASSET_BYTES, uri), createWriteStream(file));
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof FileProblem) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new FileProblem(`${redact(uri)} cannot be fetched: ${redact(why)}.`);
	}
}

function atMost(bytes: number, uri: string) {
	return async function* (chunks: AsyncIterable<Buffer>) {
		let read = 0;
		for await (const chunk of chunks) {
			read += chunk.length;
			if (read > bytes) {
				throw new FileProblem(`${redact(uri)} has over ${bytes / 1024 / 1024} MB, more than HeyGen takes.`);
			}
			yield chunk;
		}
	};
}
