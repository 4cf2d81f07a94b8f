import { DEFAULT_BASE_URL } from "../../provider/settings.ts";
import type { ShownConfig, StackSettings } from "../stackSettings.ts";
import { type Check, ok, problem, skipped, warning } from "./check.ts";

const API_KEY = "heygen:apiKey";
const BASE_URL = "heygen:baseUrl";
const SET_KEY = "Run `pulumi config set --secret heygen:apiKey`, which asks for it, or set HEYGEN_API_KEY.";

const SET_PASSPHRASE =
	"Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's passphrase.";

/**
 * The settings as the provider reads them; `config` is undefined where the stack's is not known, `secretsProvider` where
 * its state does not tell what locks the secrets.
 */
export function settingsChecks(
	found: StackSettings,
	config: ShownConfig | undefined,
	secretsProvider: string | undefined,
): Check[] {
	const { settings, keys, unread } = found;
	const others = settings.problems.filter(({ property }) => property !== API_KEY);
	const told = others.map(({ property, reason }) =>
		problem("settings", `${property} ${reason}`, mendOf(property, config)),
	);
	const locked = unread.size > 0 ? unreadChecks(unread) : passphraseChecks(secretsProvider);
	const wrong = [...told, ...locked, ...misspelt(keys, config)];
	const where = config === undefined ? "of the environment" : "of the config and the environment";
	return [
		...(wrong.length > 0 ? wrong : [ok("settings", `The settings ${where} are valid.`)]),
		keyCheck(found, config),
		baseUrlCheck(found),
	];
}

/** Whether a setting that every request needs is there and valid. */
export function isUsable(
	{ settings, unread }: StackSettings,
	property: "heygen:apiKey" | "heygen:baseUrl",
): boolean {
	return !unread.has(property) && settings.problems.every((each) => each.property !== property);
}

function unreadChecks(unread: ReadonlyMap<string, string>): Check[] {
	return [...unread].map(([key, reason]) => {
		const text = `${key} is a secret of the stack's config that cannot be read: ${reason}`;
		const mend = /passphrase/.test(reason)
			? SET_PASSPHRASE
			: `Run \`pulumi config get ${key}\` to see it in full.`;
		return problem("settings", text, mend);
	});
}

/** Pulumi opens the stack's lock in every run, also where nothing is locked with it. */
function passphraseChecks(secretsProvider: string | undefined): Check[] {
	const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = process.env;
	if (secretsProvider !== "passphrase" || phrase !== undefined || file) return [];
	const text =
		"The stack's secrets are locked with a passphrase, and none is set: where `pulumi` cannot ask for it, as in " +
		"`pulumi-heygen cost`, it fails.";
	return [problem("settings", text, SET_PASSPHRASE)];
}

function misspelt(keys: ReadonlySet<string>, config: ShownConfig = {}): Check[] {
	return Object.keys(config)
		.filter((key) => key.startsWith("heygen:") && !keys.has(key))
		.map((key) => {
			const mend = `The settings are ${[...keys].sort().join(", ")}. Take it away: \`pulumi config rm ${key}\`.`;
			return warning("settings", `${key} is no setting, and changes nothing.`, mend);
		});
}

/** Where a setting stands is where it is mended. */
function mendOf(property: string, config: ShownConfig = {}): string {
	if (property in config)
		return `Run \`pulumi config set ${property} <value>\`, or \`pulumi config rm ${property}\`.`;
	return `Set ${variableOf(property)} to what it may be, or unset it.`;
}

/** `heygen:baseUrl` in the environment is `HEYGEN_BASE_URL`. */
const variableOf = (property: string) =>
	`HEYGEN_${property.replace(/^heygen:/, "").replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();

function keyCheck({ settings, unread }: StackSettings, config: ShownConfig | undefined): Check {
	const wrong = settings.problems.find(({ property }) => property === API_KEY);
	if (unread.has(API_KEY)) return skipped("key", "The HeyGen key: it cannot be read, see above.");
	if (settings.apiKey === undefined && config === undefined) {
		const text = "HEYGEN_API_KEY holds no HeyGen key, and the config of a stack was not looked at.";
		return warning("key", text, SET_KEY);
	}
	if (settings.apiKey === undefined) return problem("key", "No HeyGen key is set.", SET_KEY);
	const configured = config !== undefined && API_KEY in config;
	const where = configured ? "the stack's config" : "HEYGEN_API_KEY";
	if (wrong !== undefined) return problem("key", `The HeyGen key of ${where} ${wrong.reason}`, SET_KEY);
	if (configured && config[API_KEY] !== undefined) {
		const mend =
			"Run `pulumi config set --secret heygen:apiKey`. If others may have seen the file, make a new key at app.heygen.com.";
		return warning(
			"key",
			"The HeyGen key stands as plain text in the stack's config, not as a secret.",
			mend,
		);
	}
	return ok(
		"key",
		`A HeyGen key is set${configured ? ", as a secret of the stack's config" : " by HEYGEN_API_KEY"}.`,
	);
}

function baseUrlCheck(found: StackSettings): Check {
	const { baseUrl } = found.settings;
	if (!isUsable(found, BASE_URL)) return skipped("base-url", "The base URL: it is not known, see above.");
	if (baseUrl === DEFAULT_BASE_URL) return ok("base-url", `HeyGen is asked at ${DEFAULT_BASE_URL}.`);
	const text = `HeyGen is asked at ${baseUrl}, which is not HeyGen's own address.`;
	const mend = `If that is not meant, run \`pulumi config rm ${BASE_URL}\` and unset HEYGEN_BASE_URL.`;
	return warning("base-url", text, mend);
}
