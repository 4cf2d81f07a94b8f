import { holdsCredentials, isSafe } from "../heygen/safeUrl.ts";
import { VIDEO_TYPES, type VideoType } from "../heygen/schemas/videoRequest.ts";
import { type CapSettings, readCapSettings } from "./capSettings.ts";
import type { Problem } from "./lifecycle.ts";

/** HeyGen's limit of concurrent video jobs for pay-as-you-go accounts. */
const PAY_AS_YOU_GO_CONCURRENCY = 10;
export const DEFAULT_BASE_URL = "https://api.heygen.com";

/** What the user sets for all resources of a stack. */
export interface Settings extends CapSettings {
	/** Undefined when neither the config nor the environment holds one. */
	apiKey: string | undefined;
	/** Without a slash at the end. */
	baseUrl: string;
	/** The API's word for this kind of video to begin with. */
	videoType: VideoType;
	/** The most renders in flight at once. */
	concurrency: number;
	/** Mixed into submission keys. */
	keyScope: string;
	/** Whether the title of a new video carries a mark, by which a later run finds it before it submits. */
	markTitles: boolean;
	/** What is wrong with the settings, told when a resource is checked. */
	problems: Problem[];
}

export interface SettingSources {
	/** A value of the stack's config, such as `heygen:apiKey`. */
	config(key: string): string | undefined;
	environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the settings: Pulumi config first, then the environment, then the default. Never throws. */
export function readSettings({ config, environment }: SettingSources): Settings {
	const problems: Problem[] = [];
	const given = (name: string, variable: string) => {
		const value = config(`heygen:${name}`) ?? environment[variable];
		return value === undefined || value.trim() === "" ? undefined : value.trim();
	};

	const apiKey = given("apiKey", "HEYGEN_API_KEY");
	if (apiKey === undefined) problems.push({ property: "heygen:apiKey", reason: MISSING_KEY });
	else if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		problems.push({
			property: "heygen:apiKey",
			reason: "holds characters that a key cannot have; copy it again.",
		});
	}

	const baseUrl = given("baseUrl", "HEYGEN_BASE_URL") ?? DEFAULT_BASE_URL;
	if (!isBaseUrl(baseUrl)) {
		const reason = `must be an https URL without a query, such as ${DEFAULT_BASE_URL} (http on loopback only).`;
		problems.push({ property: "heygen:baseUrl", reason });
	}

	const typeWord = given("videoType", "HEYGEN_VIDEO_TYPE") ?? VIDEO_TYPES[0];
	const videoType = VIDEO_TYPES.find((word) => word === typeWord);
	if (videoType === undefined) {
		const reason = `must be ${VIDEO_TYPES.join(" or ")}; got "${typeWord}".`;
		problems.push({ property: "heygen:videoType", reason });
	}

	const slots = given("concurrency", "HEYGEN_CONCURRENCY") ?? String(PAY_AS_YOU_GO_CONCURRENCY);
	const concurrency = /^[1-9]\d{0,3}$/.test(slots) ? Number(slots) : undefined;
	if (concurrency === undefined) {
		const reason = `must be a whole number from 1 to 9999; got "${slots}".`;
		problems.push({ property: "heygen:concurrency", reason });
	}

	const marking = given("markTitles", "HEYGEN_MARK_TITLES") ?? "true";
	if (marking !== "true" && marking !== "false") {
		problems.push({ property: "heygen:markTitles", reason: `must be true or false; got "${marking}".` });
	}

	const cap = readCapSettings(given);
	problems.push(...cap.problems);

	return {
		...cap,
		apiKey,
		baseUrl: baseUrl.replace(/\/+$/, ""),
		videoType: videoType ?? VIDEO_TYPES[0],
		concurrency: concurrency ?? PAY_AS_YOU_GO_CONCURRENCY,
		keyScope: given("keyScope", "HEYGEN_KEY_SCOPE") ?? "",
		markTitles: marking !== "false",
		problems,
	};
}

const MISSING_KEY =
	"no HeyGen API key is set: run `pulumi config set heygen:apiKey --secret`, or set HEYGEN_API_KEY.";

/** The message for the first call that needs what a setting lacks; undefined when all is well. */
export function settingsFault({ problems }: Settings): string | undefined {
	return problems.length === 0
		? undefined
		: problems.map(({ property, reason }) => `${property}: ${reason}`).join(" ");
}

function isBaseUrl(text: string): boolean {
	const url = URL.parse(text);
	if (url === null || holdsCredentials(url) || url.search !== "" || url.hash !== "") return false;
	return isSafe(url);
}
