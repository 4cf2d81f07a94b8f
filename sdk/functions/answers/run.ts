import { runtime } from "@pulumi/pulumi";
import { createClient } from "../../../heygen/client.ts";
import type { LookFilter } from "../../../heygen/looks.ts";
import { readSettings, settingsFault } from "../../../provider/settings.ts";
import { createMemo } from "./memo.ts";

/** What the functions of one run ask HeyGen, each question once. */
export type Run = ReturnType<typeof createRun>;

function createRun(baseUrl: string, apiKey: string) {
	const client = createClient({ baseUrl, apiKey });
	return {
		apiKey,
		looks: createMemo((filter: LookFilter, signal) => client.listAvatarLooks(filter, { signal })),
		look: createMemo(({ id }: { id: string }, signal) => client.getAvatarLook(id, { signal })),
		video: createMemo(({ id }: { id: string }, signal) => client.getVideo(id, { signal })),
		account: createMemo((_: object, signal) => client.getAccount({ signal })),
		webhookEventTypes: createMemo((_: object, signal) => client.listWebhookEventTypes({ signal })),
	};
}

/**
 * By the engine's end of the run, which is another one in each run also where the Automation API starts several in one
 * process; then by account.
 */
const runs = new WeakMap<object, Map<string, Run>>();
/** Stands for the engine where there is none, such as in a plain script. */
const noEngine = {};

/** The run that the program is in, with the settings as they are now; throws when one of them is wrong or missing. */
export function currentRun(): Run {
	const settings = readSettings({ config: runtime.getConfig, environment: process.env });
	const fault = settingsFault(settings);
	const { baseUrl, apiKey } = settings;
	if (fault !== undefined || apiKey === undefined) throw new Error(fault);

	const engine = runtime.getMonitor() ?? noEngine;
	const byAccount = runs.get(engine) ?? new Map<string, Run>();
	runs.set(engine, byAccount);
	const account = JSON.stringify([baseUrl, apiKey]);
	const run = byAccount.get(account) ?? createRun(baseUrl, apiKey);
	byAccount.set(account, run);
	return run;
}
