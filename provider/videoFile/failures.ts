/** What the file system says, by what a user can do about it. */
const REASONS: Readonly<Record<string, string>> = {
	ENOSPC: "there is no space left on the disk. Free some and run again.",
	EDQUOT: "the disk quota is used up. Free some space and run again.",
	EFBIG: "the file is larger than the file system or a limit of this process allows.",
	EACCES: "there is no permission to write there. Change the rights or the path.",
	EPERM:
		"there is no permission to write there. Change the rights or the path, or close the program that uses the file.",
	EBUSY: "another program uses the file. Close it and run again.",
	EROFS: "the file system is read-only. Choose another path.",
	EEXIST: "something that is not a folder is in the way of its folder.",
	ENOTDIR: "its path leads through a file as if it were a folder.",
	EISDIR: "there is a folder at its path.",
	ENAMETOOLONG: "its name is too long for the file system. Choose a shorter path.",
	EMFILE: "too many files are open. Run with a lower --parallel.",
};

/** The file system's word for what went wrong, such as `ENOSPC`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
	if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
	return typeof error.code === "string" ? error.code : undefined;
}

/** Why a file was not written or not read, as an error for the user; what is no error of the file system stays as it is. */
export function fileError(what: string, error: unknown): unknown {
	const code = codeOf(error);
	if (code === undefined) return error;
	const reason = REASONS[code] ?? `the file system answered ${code}.`;
	return new Error(`${what}: ${reason}`);
}
