import { createClient, type HeyGenClient } from "../../heygen/client.ts";
import { systemClock } from "../../heygen/clock.ts";
import type { Context } from "../lifecycle.ts";
import { createRenders } from "../rendering/renders.ts";
import { readSettings, type SettingSources, settingsFault } from "../settings.ts";
import { connectEngineLog } from "./engineLog.ts";

export interface RunOptions {
	/** The engine's address. */
	engine: string | undefined;
	environment: SettingSources["environment"];
}

export type Run = ReturnType<typeof createRun>;

/** One run of the engine as this process sees it: settings, client and renders, made once and shared by all resources. */
export function createRun({ engine, environment }: RunOptions) {
	const clock = systemClock;
	const log = connectEngineLog(engine);
	// A dynamic provider is never told that the run was cancelled; the engine waits for what is running, or kills.
	const { signal } = new AbortController();
	let config: SettingSources["config"] = () => undefined;
	let shared: Pick<Context, "settings" | "heygen" | "renders"> | undefined;

	function prepare() {
		const settings = readSettings({ config, environment });
		let client: HeyGenClient | undefined;
		const heygen = () => {
			const fault = settingsFault(settings);
			if (fault !== undefined || settings.apiKey === undefined) throw new Error(fault);
			client ??= createClient({ apiKey: settings.apiKey, baseUrl: settings.baseUrl, clock });
			return client;
		};
		const { concurrency, videoType } = settings;
		return { settings, heygen, renders: createRenders({ heygen, clock, concurrency, videoType }) };
	}

	const once = () => {
		shared ??= prepare();
		return shared;
	};

	return {
		/** Takes the stack's config. Never throws and never waits: the SDK calls methods meanwhile. */
		configure(get: SettingSources["config"]): void {
			config = get;
		},

		context(urn: string): Context {
			const report = (text: string) => log.report(urn, text);
			const note = (text: string) => log.note(urn, text);
			return { urn, ...once(), clock, signal, report, note };
		},

		/** What no message may hold. */
		secrets(): string[] {
			const { apiKey } = once().settings;
			return apiKey === undefined ? [] : [apiKey];
		},
	};
}
