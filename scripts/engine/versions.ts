import semver from "semver";

/** The oldest Pulumi CLI that is taken from the PATH: the oldest SDK that this package accepts as a peer. */
export const OLDEST_CLI = "3.216.0";

/** The oldest Go that the modules are built with, as in each `go.mod`. */
export const OLDEST_GO = "1.26";

/** One program of the engine that is built from a Go module. */
export interface GoProgram {
	/** The program's file name, without `.exe`. */
	name: string;
	/** The folder under `go/` whose `go.mod` requires the module and whose `go.sum` pins it. */
	folder: string;
	package: string;
	/** The version that `go.mod` requires, without the `v`; the program answers it to `version`. */
	version: string;
}

/** The newest release of the CLI whose module archive is to be had. */
export const CLI: GoProgram = {
	name: "pulumi",
	folder: "pulumi",
	package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
	version: "3.259.0",
};

/** The last release of the Node.js language host that is part of the `sdk/v3` module. It runs today's SDK. */
export const LANGUAGE_HOST: GoProgram = {
	name: "pulumi-language-nodejs",
	folder: "language-nodejs",
	package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
	version: "3.68.0",
};

/** Takes the place of the language host where policy packs are to run, which that one is too old for. */
export const POLICY_HOST: GoProgram = {
	name: LANGUAGE_HOST.name,
	folder: "policy-host",
	package: ".",
	version: CLI.version,
};

/**
 * Whether `version` is `oldest` or newer and of the same major version. A pre-release comes before its
 * release (3.216.0-alpha.1 is older than 3.216.0). Text that is no version is never new enough.
 */
export function isNewEnough(version: string, oldest: string): boolean {
	const given = semver.parse(version.trim());
	return given !== null && given.major === semver.major(oldest) && semver.gte(given, oldest);
}
