import { z } from "zod";
import { DEFAULT_SETTINGS, type EmulatorSettings } from "./options.ts";

/** Seconds, hours or US dollars: a thousand million of them is more than any test needs, and still fits into dates. */
const amount = z.number().min(0).max(1e9);

const Settings = z.strictObject({
	renderSeconds: amount,
	queueSeconds: amount,
	priceUsd: amount,
	concurrency: z.int().min(1),
	acceptedTypes: z.array(z.string()).min(1),
	unknownFields: z.enum(["reject", "ignore"]),
	callbackUrl: z.enum(["accept", "reject"]),
	linkSeconds: amount,
	signedPreviews: z.boolean(),
	idempotencyHours: amount,
	replayErrors: z.boolean(),
	deleteInProgress: z.enum(["drop", "conflict", "error"]),
	assetMaxBytes: z.int().min(1),
	uploadLinkSeconds: z.int().min(0).max(1e9),
	assetProcessingSeconds: amount,
	assetHours: amount.nullable(),
	webhookEventTypes: z.enum(["known", "any"]),
	webhookDuplicates: z.enum(["accept", "conflict"]),
	webhookEndpoints: z.int().min(0).nullable(),
	webhookEventsNull: z.enum(["all", "leave"]),
	webhookSignature: z.enum(["both", "Heygen-Signature", "Signature"]),
	webhookTimeoutSeconds: z.number().positive().max(600),
});

/** The settings of a start: the defaults, and over them what `given` holds. Throws a `TypeError` that names a wrong one. */
export function settingsFrom(given: object): EmulatorSettings {
	const settings = { ...DEFAULT_SETTINGS };
	const known = Object.entries(given).filter(([name, value]) => name in settings && value !== undefined);
	changeSettings(settings, Object.fromEntries(known));
	return settings;
}

/** Sets what `changes` holds. Throws a `TypeError` that names the wrong or unknown setting, and then changes nothing. */
export function changeSettings(settings: EmulatorSettings, changes: unknown): void {
	const parsed = Settings.partial().safeParse(changes);
	if (!parsed.success) {
		throw new TypeError(`The emulator cannot use these settings:\n${z.prettifyError(parsed.error)}`);
	}
	Object.assign(settings, parsed.data);
}
