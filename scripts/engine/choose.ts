import { UserError } from "../userError.ts";
import { OLDEST_CLI, OLDEST_GO } from "./versions.ts";

/** How an engine gets onto the machine, in the order in which the ways are tried. */
export const WAYS = ["path", "download", "go"] as const;
export type Way = (typeof WAYS)[number];

/** A Pulumi CLI that is ready to run; its language host lies beside it or on the PATH. */
export interface Binaries {
	way: Way;
	/** The path of the `pulumi` program. */
	pulumi: string;
	/** Without a leading `v`. */
	version: string;
}

/** Why one way is not open on this machine; the message ends a sentence such as "on the PATH: …". */
export class Unavailable extends Error {
	override name = "Unavailable";
}

/** One attempt to get an engine. */
export interface Attempt {
	way: Way;
	/** Throws {@link Unavailable} when this way is not open. */
	get: () => Promise<Binaries>;
}

/**
 * The engine of the first attempt that succeeds. Later attempts are not begun.
 * Throws a {@link UserError} that names every way, and why it is not open, when none succeeds.
 */
export async function choose(attempts: readonly Attempt[]): Promise<Binaries> {
	const reasons = new Map<Way, string>();
	for (const { way, get } of attempts) {
		try {
			return await get();
		} catch (error) {
			if (!(error instanceof Unavailable)) throw error;
			reasons.set(way, error.message);
		}
	}
	throw new UserError(noEngine(reasons));
}

/**
 * The ways that the setting `PULUMI_HEYGEN_ENGINE` allows: a list such as `path,go`; all when it is not set.
 * Throws a {@link UserError} for a word that is no way.
 */
export function allowedWays(setting: string | undefined): readonly Way[] {
	if (setting === undefined || setting.trim() === "") return WAYS;
	const words = setting.split(",").map((word) => word.trim());
	const unknown = words.find((word) => !WAYS.some((way) => way === word));
	if (unknown !== undefined) {
		throw new UserError(`PULUMI_HEYGEN_ENGINE names "${unknown}"; it is a list of: ${WAYS.join(", ")}.`);
	}
	return WAYS.filter((way) => words.includes(way));
}

function noEngine(reasons: ReadonlyMap<Way, string>): string {
	const why = (way: Way) => reasons.get(way) ?? "left out by PULUMI_HEYGEN_ENGINE";
	return [
		"There is no Pulumi CLI to run with. Any one of these three ways is enough:",
		`  1. Install Pulumi ${OLDEST_CLI} or newer so that \`pulumi\` is on the PATH`,
		"     (https://www.pulumi.com/docs/iac/download-install/).",
		`     Now: ${why("path")}.`,
		"  2. Let the Pulumi SDK download a release; that needs the internet.",
		`     Now: ${why("download")}.`,
		`  3. Install Go ${OLDEST_GO} or newer (https://go.dev/doc/install), and the CLI is built from its Go modules, in some`,
		"     minutes.",
		`     Now: ${why("go")}.`,
	].join("\n");
}
