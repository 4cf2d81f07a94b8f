import { createClient } from "../../heygen/client.ts";
import { type Clock, systemClock } from "../../heygen/clock.ts";
import type { Context } from "../../provider/lifecycle.ts";
import { createRenders } from "../../provider/rendering/renders.ts";
import { readSettings } from "../../provider/settings.ts";
import { createUploads } from "../../provider/uploads/uploads.ts";

export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/heygen:AvatarShotsVideo::hero";

export interface TestContext extends Context {
	reports: string[];
	notes: string[];
	warnings: string[];
}

export interface TestContextOptions {
	urn?: string;
	baseUrl?: string;
	apiKey?: string;
	clock?: Clock;
	environment?: Record<string, string>;
	/** Whether the engine had no time yet to show the stack's videos. */
	unshown?: boolean;
	/** Another resource of the same run. */
	sameRunAs?: Context;
}

/** What a host hands to a lifecycle, with a real client to whatever server `baseUrl` names. */
export function testContext(options: TestContextOptions = {}): TestContext {
	const { urn = URN, baseUrl = "http://127.0.0.1:9", apiKey = "test-key", clock = systemClock } = options;
	const environment = { HEYGEN_BASE_URL: baseUrl, HEYGEN_API_KEY: apiKey, ...options.environment };
	const settings = readSettings({ config: () => undefined, environment });
	const client = createClient({ apiKey, baseUrl, clock, onRefusal: (refusal) => renders.stop.note(refusal) });
	const heygen = () => client;
	const { concurrency, videoType, maxNewVideos } = settings;
	const renders =
		options.sameRunAs?.renders ?? createRenders({ heygen, clock, concurrency, videoType, maxNewVideos });
	renders.othersShown ||= options.unshown !== true;
	const uploads = options.sameRunAs?.uploads ?? createUploads({ keyScope: settings.keyScope });
	const [reports, notes, warnings]: [string[], string[], string[]] = [[], [], []];
	return {
		urn,
		settings,
		heygen,
		renders,
		uploads,
		clock,
		signal: new AbortController().signal,
		report: (text) => void reports.push(text),
		note: (text) => void notes.push(text),
		warn: (text) => void warnings.push(text),
		reports,
		notes,
		warnings,
	};
}
