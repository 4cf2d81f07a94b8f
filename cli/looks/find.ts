import { createClient } from "../../heygen/client.ts";
import { redact } from "../../heygen/redact.ts";
import type { AvatarLook } from "../../heygen/schemas/look.ts";
import type { Settings } from "../../provider/settings.ts";
import { projectFolder } from "../../specs/files.ts";
import { onPath } from "../programs.ts";
import { projectFile } from "../project.ts";
import { readConfig, type StackSettings, stackSettings } from "../stackSettings.ts";

/** How long all pages of a list may take, and one run of the Pulumi CLI, in milliseconds. */
const LIST_WITHIN_MS = 120_000;
const PULUMI_WITHIN_MS = 60_000;
/** For how long a page is asked for again, in milliseconds. */
const RETRY_FOR_MS = 20_000;
const WITHOUT_CLI = "leave --stack away and set HEYGEN_API_KEY";
const NEEDED = ["heygen:apiKey", "heygen:baseUrl"] as const;

export interface Wanted {
	/** A part of the name; undefined for all looks. */
	readonly part: string | undefined;
	readonly ownership: "private" | "public";
	/** How many are given at most. */
	readonly limit: number;
	readonly stack: string | undefined;
	readonly signal: AbortSignal;
}

export interface Found extends Pick<Wanted, "part" | "ownership"> {
	/** In HeyGen's order. */
	readonly looks: readonly AvatarLook[];
	/** How many more fit. */
	readonly more: number;
	/** How many there are of this ownership, whether they fit or not. */
	readonly all: number;
	/** Sentences about what could not be read. */
	readonly warnings: readonly string[];
}

/** Asks HeyGen for all looks of the ownership, and gives the first of those that fit. Throws an `Error` for the user. */
export async function findLooks({ part, ownership, limit, stack, signal }: Wanted): Promise<Found> {
	const { settings, warnings } = await usableSettings(stack, signal);
	const all = await listed(settings, ownership, signal);
	const fitting = part === undefined ? all : all.filter(({ name }) => plain(name).includes(plain(part)));
	const looks = fitting.slice(0, limit);
	return { part, ownership, looks, more: fitting.length - looks.length, all: all.length, warnings };
}

const plain = (text: string) => text.normalize("NFC").toLowerCase();

async function listed(
	{ apiKey = "", baseUrl }: Settings,
	ownership: Wanted["ownership"],
	signal: AbortSignal,
): Promise<AvatarLook[]> {
	const limit = AbortSignal.timeout(LIST_WITHIN_MS);
	const how = { signal: AbortSignal.any([signal, limit]), retryForMs: RETRY_FOR_MS };
	try {
		return await createClient({ apiKey, baseUrl }).listAvatarLooks({ ownership }, how);
	} catch (error) {
		if (!limit.aborted) throw error;
		throw new Error(
			`HeyGen did not list its ${ownership} looks within ${LIST_WITHIN_MS / 1000} s. Run this again later.`,
		);
	}
}

/** The settings of the stack and the environment. Throws an `Error` where no request can be made with them. */
async function usableSettings(
	stack: string | undefined,
	signal: AbortSignal,
): Promise<{ settings: Settings; warnings: string[] }> {
	const { found, unreadable } = await settingsOf(stack, signal);
	for (const key of NEEDED) {
		const reason = found.unread.get(key);
		if (reason !== undefined) throw new Error(`${key} cannot be read: ${reason}`);
	}
	const config = unreadable === undefined ? undefined : `the stack's config cannot be read: ${unreadable}`;
	const faults = found.settings.problems.filter(({ property }) => NEEDED.some((key) => key === property));
	if (faults.length > 0) {
		const told = faults.map(({ property, reason }) => `${property}: ${reason}`);
		throw new Error([...told, ...(config === undefined ? [] : [`And ${config}`])].join("\n"));
	}
	const instead =
		config && redact(`${config.trim()}\nHeyGen is asked with the key of HEYGEN_API_KEY.`, [], 4_000);
	return { settings: found.settings, warnings: instead === undefined ? [] : [instead] };
}

/** As the doctor finds them: without a project or without `pulumi`, those of the environment. */
async function settingsOf(
	stack: string | undefined,
	signal: AbortSignal,
): Promise<{ found: StackSettings; unreadable?: string | undefined }> {
	const from = { stack, otherwise: WITHOUT_CLI, signal, withinMs: PULUMI_WITHIN_MS };
	const isProject = projectFile(projectFolder(process.cwd())) !== undefined;
	const asked = stack !== undefined || (isProject && onPath("pulumi", process.env) !== undefined);
	const { config, reason } = asked ? await readConfig(from) : { config: {} };
	if (reason !== undefined && stack !== undefined) throw new Error(reason);
	return { found: await stackSettings(config ?? {}, from), unreadable: reason };
}
