import { readSettings, type Settings } from "../provider/settings.ts";
import { type HowToRun, readConfigValue } from "./pulumiCli.ts";

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
