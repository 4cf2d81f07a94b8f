import { z } from "zod";
import { readSettings, type Settings } from "../provider/settings.ts";
import { type HowToRun, pulumi, readConfigValue, stackFlag } from "./pulumiCli.ts";

/** What `pulumi config --json` writes; a secret has no value in it. */
const Config = z.record(z.string(), z.looseObject({ value: z.string().optional(), secret: z.boolean() }));

/** The config of a stack by its keys; undefined for a value that is not shown, since it is a secret. */
export type ShownConfig = Readonly<Record<string, string | undefined>>;

export interface StackSettings {
	readonly settings: Settings;
	/** All keys of a config that are settings, set or not. */
	readonly keys: ReadonlySet<string>;
	/** Why a secret of the config could not be read, by its key. */
	readonly unread: ReadonlyMap<string, string>;
}

interface From extends HowToRun {
	readonly stack: string | undefined;
	/** See `pulumi`. */
	readonly otherwise: string;
}

/** A stack's config, or why it cannot be read. */
export type FoundConfig =
	| { config: ShownConfig; reason?: undefined }
	| { config?: undefined; reason: string };

/** Reads the config of a stack by `pulumi`. */
export async function readConfig({ stack, otherwise, ...how }: From): Promise<FoundConfig> {
	const { failed, stdout, reason } = await pulumi(["config", "--json", ...stackFlag(stack)], otherwise, how);
	if (failed) return { reason };
	try {
		const config = Object.entries(Config.parse(JSON.parse(stdout)));
		const shown = config.map(([key, { value, secret }]) => [key, secret ? undefined : value] as const);
		return { config: Object.fromEntries(shown) };
	} catch {
		return { reason: ODD_ANSWER };
	}
}

export const ODD_ANSWER = "Pulumi answers with what no version of it is known to write.";

/** The settings of a stack, from its config and the environment; secrets of the config are asked of `pulumi`. */
export async function stackSettings(shown: ShownConfig, from: From): Promise<StackSettings> {
	const config = new Map<string, string>();
	const unread = new Map<string, string>();
	for (const [key, value] of Object.entries(shown)) {
		if (value !== undefined) config.set(key, value);
		else if (key.startsWith("heygen:")) {
			const opened = await readConfigValue(key, from.stack, from.otherwise, from);
			if (opened.value === undefined) unread.set(key, opened.reason);
			else config.set(key, opened.value);
		}
	}
	const keys = new Set<string>();
	const settings = readSettings({
		config: (key) => {
			keys.add(key);
			return config.get(key);
		},
		environment: process.env,
	});
	return { settings, keys, unread };
}
