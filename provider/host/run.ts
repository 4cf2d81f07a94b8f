import { createClient, type HeyGenClient } from "../../heygen/client.ts";
import { systemClock } from "../../heygen/clock.ts";
import { redact } from "../../heygen/redact.ts";
import type { Context } from "../lifecycle.ts";
import { createRenders } from "../rendering/renders.ts";
import { readSettings, type SettingSources, settingsFault } from "../settings.ts";
import { createUploads } from "../uploads/uploads.ts";
import { connectEngineLog } from "./engineLog.ts";
import { createTold } from "./told.ts";

export interface RunOptions {
	/** The engine's address. */
	engine: string | undefined;
	/** Called after the engine was killed and all that was running has been told to end. */
	onAbandoned(): void;
	environment: SettingSources["environment"];
}

/** The longest text that is shown of a resource, in characters. */
const LONGEST_TEXT = 4_000;

export type Run = ReturnType<typeof createRun>;

/** One run of the engine as this process sees it: settings, client and renders, made once and shared by all resources. */
export function createRun({ engine, environment, onAbandoned }: RunOptions) {
	const clock = systemClock;
	// A dynamic provider is not told that a run is cancelled: the engine waits for what is running. But one that is killed
	// leaves this process behind, which would watch renders for nobody.
	const abandoned = new AbortController();
	const { signal } = abandoned;
	const log = connectEngineLog(engine, () => {
		abandoned.abort(new Error("the engine is gone"));
		onAbandoned();
	});
	const hidden = new Set<string>();
	const warned = new Set<string>();
	const told = createTold();
	let config: SettingSources["config"] = () => undefined;
	let shared: Pick<Context, "settings" | "heygen" | "renders" | "uploads"> | undefined;

	function prepare() {
		const settings = readSettings({ config, environment });
		let client: HeyGenClient | undefined;
		const heygen = () => {
			const fault = settingsFault(settings);
			if (fault !== undefined || settings.apiKey === undefined) throw new Error(fault);
			const { apiKey, baseUrl } = settings;
			client ??= createClient({ apiKey, baseUrl, clock, onRefusal: renders.stop.note });
			return client;
		};
		const { concurrency, videoType, maxNewVideos, keyScope } = settings;
		const renders = createRenders({ heygen, clock, concurrency, videoType, maxNewVideos });
		return { settings, heygen, renders, uploads: createUploads({ keyScope }) };
	}

	const once = () => {
		shared ??= prepare();
		return shared;
	};

	function secrets(): string[] {
		const { apiKey } = once().settings;
		return apiKey === undefined ? [...hidden] : [apiKey, ...hidden];
	}

	return {
		/** Takes the stack's config. Never throws and never waits: the SDK calls methods meanwhile. */
		configure(get: SettingSources["config"]): void {
			config = get;
		},

		context(urn: string): Context {
			const shown = (text: string) => redact(text, secrets(), LONGEST_TEXT);
			const report = (text: string) => log.report(urn, shown(text));
			const note = (text: string) => log.note(urn, shown(text));
			const warn = (text: string) => {
				if (!warned.has(`${urn}\n${text}`)) log.warn(urn, shown(text));
				warned.add(`${urn}\n${text}`);
			};
			return { urn, ...once(), clock, signal, report, note, warn };
		},

		/** Adds to what no message may hold. */
		hide: (secret: string) => void hidden.add(secret),

		/** What no message may hold. */
		secrets,

		/** What the user is told of a failure. */
		told,
	};
}
