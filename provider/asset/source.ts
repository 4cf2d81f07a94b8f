import { randomBytes } from "node:crypto";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DownloadError, type DownloadSink, download } from "../../heygen/download.ts";
import { redact } from "../../heygen/redact.ts";
import { LARGEST_ASSET_BYTES } from "../../heygen/schemas/asset.ts";
import { type Context, GivenFile } from "../lifecycle.ts";
import { type Content, FileProblem, readContent } from "../uploads/content.ts";

/** The longest name that a remote file keeps, in characters: its end, which tells its type. */
const LONGEST_NAME = 100;

/** The path of a source that lies on this machine; undefined for the others. Throws `FileProblem`. */
export function localPath(source: string | GivenFile): string | undefined {
	if (typeof source === "string") return source;
	if (source.source === undefined) return undefined;
	if ("path" in source.source) return source.source.path;
	if ("uri" in source.source && source.source.uri.startsWith("file:")) return pathOf(source.source.uri);
	return undefined;
}

function pathOf(uri: string): string {
	try {
		return fileURLToPath(uri);
	} catch {
		throw new FileProblem(`${redact(uri)} names no file of this machine; give it by its path.`);
	}
}

/**
 * Hands the file of a source over for as long as `use` runs, whatever it is: a file of the project as it lies there, a
 * text or a remote file as a temporary one. Throws `FileProblem`.
 */
export async function withFile<T>(
	source: string | GivenFile,
	context: Context,
	use: (content: Content) => Promise<T>,
): Promise<T> {
	const { uploads, report } = context;
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
		const file = join(folder, name.replace(/[^\w.-]/g, "_").slice(-LONGEST_NAME));
		report(`fetching ${redact(given.uri)}`);
		await fetchTo(file, given.uri, context);
		return await use(await readContent(file, redact(given.uri)));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Follows redirects as the engine does, which has hashed the same file. */
async function fetchTo(path: string, uri: string, { clock, signal }: Context): Promise<void> {
	const file = await open(path, "w");
	let size = 0;
	const sink: DownloadSink = {
		async write(bytes) {
			size += bytes.length;
			if (size > LARGEST_ASSET_BYTES) {
				const most = LARGEST_ASSET_BYTES / 1024 / 1024;
				throw new FileProblem(`${redact(uri)} has over ${most} MB, more than HeyGen takes.`);
			}
			await file.write(bytes, 0, bytes.length, size - bytes.length);
		},
		async restart() {
			size = 0;
			await file.truncate(0);
		},
	};
	try {
		await download({ link: async () => uri, sink, clock, signal });
	} catch (error) {
		if (!(error instanceof DownloadError)) throw error;
		throw new FileProblem(`${redact(uri)} cannot be fetched: ${error.message}. It must be public.`);
	} finally {
		await file.close();
	}
}
