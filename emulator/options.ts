/** An account of the emulator: whose API key sees which videos and which wallet. */
export interface EmulatorAccount {
	/** What `x-api-key` or `Authorization: Bearer` must carry, until `control.revokeKey`. */
	readonly apiKey: string;
	/** Names the account: two entries with one username are one account with two keys (a rotated key). */
	readonly username: string;
	/** US dollars in the wallet before the first render; `control.setBalance` fills or drains it later. Default 1000. */
	readonly balanceUsd?: number | undefined;
}

/** The switches that can be changed while the emulator runs, through `control.settings` or `PATCH /_emulator/settings`. */
export interface EmulatorSettings {
	/** Seconds that a video stays `processing`; fixed for a video when it is submitted. Default 8. */
	renderSeconds: number;
	/** Seconds that a video stays `pending` before that. Default 1. */
	queueSeconds: number;
	/** US dollars that one render takes from the wallet. Default 7. */
	priceUsd: number;
	/** Videos of one account that may be pending or processing at once. Default 10. */
	concurrency: number;
	/** The values of `type` that are accepted; any other is a 400. Default both of HeyGen's words. */
	acceptedTypes: string[];
	/** What an unknown field in a submit does. Default `reject`: 400 `invalid_parameter`. */
	unknownFields: "reject" | "ignore";
	/** Whether a submit may carry `callback_url` and `callback_id`. Default `accept`. */
	callbackUrl: "accept" | "reject";
	/** Seconds that a link to a finished file stays valid. Default 7 days. */
	linkSeconds: number;
	/** Whether links to stills and moving previews are presigned as well. HeyGen's samples show them plain: default false. */
	signedPreviews: boolean;
	/** Hours that an `Idempotency-Key` replays its first answer. Default 24. */
	idempotencyHours: number;
	/** Whether refusals (4xx) are replayed under their key as well, but for uploads in one request. Default false. */
	replayErrors: boolean;
	/** What deleting a video that is not finished does: delete it, 409 `conflict`, or 500 `video_delete_failed`. Default `drop`. */
	deleteInProgress: "drop" | "conflict" | "error";
	/** Bytes that a direct upload may have. Default 200 MiB. */
	assetMaxBytes: number;
	/** Seconds that the link of a direct upload stays valid. Default 900. */
	uploadLinkSeconds: number;
	/** Seconds that a direct upload stays `processing` once it is completed; fixed when it is. Default 0. */
	assetProcessingSeconds: number;
	/** Hours after which an asset is not found any more; null, the default, for never. */
	assetHours: number | null;
	/** The types of events that may be named: those that HeyGen lists, any other being a 400, or any. Default `known`. */
	webhookEventTypes: "known" | "any";
	/** What a second endpoint of an account with one URL does: it is made, or refused with 409 `conflict`. Default `accept`. */
	webhookDuplicates: "accept" | "conflict";
	/** Endpoints that an account may have; another is a 400 `resource_limit_reached`. Default null, for any number. */
	webhookEndpoints: number | null;
	/** What `events: null` in a change of a webhook endpoint means: all events, or leave them as they are. Default `all`. */
	webhookEventsNull: "all" | "leave";
	/** The headers that carry the signature of a delivery; HeyGen's documents name one or the other. Default `both`. */
	webhookSignature: "both" | "Heygen-Signature" | "Signature";
	/** Seconds that a receiver has to answer a delivery. Default 10. */
	webhookTimeoutSeconds: number;
}

/** How an emulator starts. Every field may be left out. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
	/** TCP port; 0, the default, takes a free one. */
	readonly port?: number | undefined;
	/** Address to listen on. Default `127.0.0.1`. */
	readonly host?: string | undefined;
	/**
	 * Folder for videos, keys, charges, assets and webhooks; made when missing. Whatever was answered survives the end of
	 * the process in any form, `kill -9` too. A power cut may take the latest of it: nothing is forced to the disk at
	 * each answer (SQLite's `synchronous = NORMAL`). Without it everything lives in memory. Only one emulator can use a
	 * folder at a time.
	 */
	readonly data?: string | undefined;
	/** Default one account `emulator` with the key `emulator-key` and USD 1000. */
	readonly accounts?: readonly EmulatorAccount[] | undefined;
	/** Called after each answer of the API, with what {@link EmulatorControl.requests} records. */
	readonly onRequest?: ((request: RecordedRequest) => void) | undefined;
}

/** A request as the emulator saw it. Neither the API key nor a link's signature is in it. */
export interface RecordedRequest {
	readonly method: string;
	/** Path with query. */
	readonly path: string;
	/** The route that took it, such as `/v3/videos/{id}`; null when none did. */
	readonly route: string | null;
	/** The JSON body, or its text when it is not JSON; null without one, for a file, and for more than 256 KiB. */
	readonly body: unknown;
	readonly idempotencyKey: string | null;
	/** The HTTP status, also of an answer that was lost on purpose; null when the connection was cut before it was handled. */
	readonly status: number | null;
	/** When it arrived, in unix milliseconds of the emulator's clock. */
	readonly at: number;
}

export const DEFAULT_ACCOUNT: EmulatorAccount = { apiKey: "emulator-key", username: "emulator" };
export const DEFAULT_BALANCE_USD = 1000;

export const DEFAULT_SETTINGS: EmulatorSettings = {
	renderSeconds: 8,
	queueSeconds: 1,
	priceUsd: 7,
	concurrency: 10,
	acceptedTypes: ["avatar_shots", "cinematic_avatar"],
	unknownFields: "reject",
	callbackUrl: "accept",
	linkSeconds: 7 * 24 * 3600,
	signedPreviews: false,
	idempotencyHours: 24,
	replayErrors: false,
	deleteInProgress: "drop",
	assetMaxBytes: 200 * 1024 * 1024,
	uploadLinkSeconds: 900,
	assetProcessingSeconds: 0,
	assetHours: null,
	webhookEventTypes: "known",
	webhookDuplicates: "accept",
	webhookEndpoints: null,
	webhookEventsNull: "all",
	webhookSignature: "both",
	webhookTimeoutSeconds: 10,
};
