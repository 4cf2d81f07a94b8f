import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { codeOf } from "./failures.ts";

/** Where a path of a user's leads. */
export interface Place {
	/**
	 * The same for every spelling of the path: from the program's folder, with `/` between its parts. What lies outside and
	 * was named from the root stays named from the root.
	 */
	id: string;
	absolute: string;
}

export function placeOf(folder: string, path: string): Place {
	const absolute = resolve(folder, path);
	const inside = relative(folder, absolute);
	const id = isAbsolute(path) && leaves(inside) ? absolute : inside;
	return { absolute, id: id.split(sep).join("/") };
}

/** What a path leads to once links are followed: the same for all paths to one file, also one that is not there yet. */
export async function realPlace(absolute: string): Promise<string> {
	const real = await unlessMissing(realpath(dirname(absolute)));
	const parent = real ?? (dirname(absolute) === absolute ? absolute : await realPlace(dirname(absolute)));
	const path = join(parent, basename(absolute));
	return CASE_COUNTS ? path : path.toLowerCase();
}

/** Whether two names that differ in case alone are two files, as a system's usual disks have it. */
const CASE_COUNTS = process.platform !== "win32" && process.platform !== "darwin";

/**
 * Why no file may be written at a path, as the end of a sentence that begins with the input's name; undefined when one
 * may. Links are followed: unless `allowOutside`, the folder that the file would lie in is within the program's.
 */
export async function placeFault(
	folder: string,
	path: string,
	allowOutside: boolean,
): Promise<string | undefined> {
	const { absolute, id } = placeOf(folder, path);
	if (/[/\\]$/.test(path) || id === "" || id === "..") return "must name a file, not a folder.";
	if (!allowOutside && isAbsolute(path)) {
		return `must be relative to the program's folder, such as "dist/hero.mp4".${ALLOW}`;
	}
	if (!allowOutside && leaves(relative(folder, absolute)))
		return `leads out of the program's folder.${ALLOW}`;
	try {
		return (await targetFault(absolute)) ?? (await folderFault(folder, dirname(absolute), allowOutside));
	} catch (error) {
		if (codeOf(error) === "ENOTDIR") return "leads through a file as if it were a folder.";
		return `cannot be looked at (${codeOf(error) ?? "unknown reason"}).`;
	}
}

const ALLOW = " Set allowOutside: true to write elsewhere.";

async function targetFault(absolute: string): Promise<string | undefined> {
	const target = await unlessMissing(lstat(absolute));
	if (target === undefined || target.isFile()) return undefined;
	if (target.isDirectory()) return "is a folder; name a file in it.";
	if (target.isSymbolicLink()) return "is a symbolic link; name the file itself, or remove the link.";
	return "is there and not a plain file.";
}

/** Looks at the nearest folder above a file that is there. */
async function folderFault(
	folder: string,
	parent: string,
	allowOutside: boolean,
): Promise<string | undefined> {
	const real = await unlessMissing(realpath(parent));
	if (real === undefined) {
		const there = await unlessMissing(lstat(parent));
		if (there?.isSymbolicLink()) return "leads through a symbolic link to nowhere.";
		// What is there now and no link was made since it was looked for, by another file's download.
		return folderFault(folder, there === undefined ? dirname(parent) : parent, allowOutside);
	}
	if (!(await lstat(real)).isDirectory()) return "leads through a file as if it were a folder.";
	if (allowOutside || !leaves(relative(await realpath(folder), real))) return undefined;
	return `leads out of the program's folder by a symbolic link.${ALLOW}`;
}

/** Whether a relative path goes up, or to another drive. */
const leaves = (path: string) => path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);

async function unlessMissing<T>(look: Promise<T>): Promise<T | undefined> {
	try {
		return await look;
	} catch (error) {
		if (codeOf(error) === "ENOENT") return undefined;
		throw error;
	}
}
