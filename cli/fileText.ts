import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

/** How messages call what a flag names: a file by its name, and `-` as what it stands for. */
export const sourceName = (file: string) => (file === "-" ? "The standard input" : file);

/** The text of a file that a flag names; `-` is the standard input. Throws an `Error` for the user. */
export async function fileText(file: string): Promise<string> {
	if (file === "-") return text(process.stdin);
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : error;
		throw new Error(code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
	}
}
