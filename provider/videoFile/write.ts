import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DownloadError, download } from "../../heygen/download.ts";
import type { Context } from "../lifecycle.ts";
import { WrongContent } from "./content.ts";
import { fileError } from "./failures.ts";
import { find, sha256Of } from "./fileOnDisk.ts";
import type { CheckedInputs } from "./inputs.ts";
import { placeFault, placeOf } from "./place.ts";
import type { Project } from "./project.ts";
import { freshLink } from "./source.ts";
import { openTemporary, type TemporaryFile, type Written } from "./temporaryFile.ts";

/** The shortest time between two lines of progress, in milliseconds. */
const REPORT_EVERY_MS = 1_000;
/** The longest silence on the resource's line, in milliseconds: it also shows whether the engine is still there. */
const REPORT_IDLE_MS = 5_000;
const MEGABYTE = 1024 * 1024;

/**
 * Fetches a file of a video and puts it at its path, whole or not at all. A file that is there with the same bytes is left
 * as it is; one with other bytes is replaced if `mayReplace` says so of its SHA-256.
 */
export async function writeFile(
	inputs: CheckedInputs,
	mayReplace: (sha256: string) => boolean,
	context: Context,
	project: Project,
): Promise<Written> {
	const { path, kind, allowOutside } = inputs;
	const { absolute } = placeOf(project.folder, path);
	const refuseBadPlace = async () => {
		const fault = await placeFault(project.folder, path, allowOutside);
		if (fault !== undefined) throw new Error(`path: "${path}" ${fault}`);
	};
	await refuseBadPlace();
	let link: string | undefined = await freshLink(inputs, context);
	const nextLink = async () => {
		const next = link ?? (await freshLink(inputs, context));
		link = undefined;
		return next;
	};

	const { onProgress, end } = progressOf(context);
	let file: TemporaryFile | undefined;
	try {
		await mkdir(dirname(absolute), { recursive: true });
		await refuseBadPlace();
		file = await openTemporary(absolute, kind);
		const { clock, signal } = context;
		await download({ link: nextLink, sink: file, clock, signal, limits: project.limits, onProgress });
		const written = await file.finish();
		context.report("downloaded");
		return (await takenOver(absolute, written, path, mayReplace)) ?? (await moved(file, absolute, written));
	} catch (error) {
		throw failureOf(error, inputs);
	} finally {
		end();
		await file?.discard();
	}
}

async function moved(file: TemporaryFile, absolute: string, written: Written): Promise<Written> {
	await file.moveTo(absolute);
	return written;
}

/** What is known of the file that is there, if it has the same bytes; undefined when it may be replaced or is not there. */
async function takenOver(
	absolute: string,
	written: Written,
	path: string,
	mayReplace: (sha256: string) => boolean,
): Promise<Written | undefined> {
	const there = await find(absolute);
	if (there === undefined) return undefined;
	const sha256 = await sha256Of(absolute);
	if (sha256 === written.sha256) return { ...written, mtimeMs: Math.trunc(there.mtimeMs) };
	if (mayReplace(sha256)) return undefined;
	throw new Error(
		`path: "${path}" is there already, with other bytes, and was not written by this resource. Move it away, choose ` +
			"another path, or set overwrite: true.",
	);
}

function failureOf(error: unknown, { path, kind, videoId }: CheckedInputs): unknown {
	if (error instanceof DownloadError || error instanceof WrongContent) {
		const text = `"${path}" was not written: ${error.message} (${kind} of video ${videoId}).`;
		return new Error(`${text} Run \`pulumi up\` again: fetching is free of charge.`);
	}
	return fileError(`"${path}" was not written`, error);
}

/** Tells how far a download is: at most once a second, and every few seconds also when nothing comes. */
function progressOf({ clock, report }: Context) {
	const done = new AbortController();
	let last = clock.elapsed();
	let text = "downloading";
	const tell = () => {
		last = clock.elapsed();
		report(text);
	};
	const beat = async () => {
		for (;;) {
			await clock.sleep(REPORT_IDLE_MS, done.signal);
			if (clock.elapsed() - last >= REPORT_IDLE_MS) tell();
		}
	};
	beat().catch(() => {});
	return {
		onProgress(received: number, total: number | undefined) {
			if (clock.elapsed() - last < REPORT_EVERY_MS) return;
			const share = total
				? `${Math.floor((received / total) * 100)}%`
				: `${(received / MEGABYTE).toFixed(1)} MB`;
			text = `downloading ${share}`;
			tell();
		},
		end: () => done.abort(),
	};
}
