interface EventOf<Type extends string, Data> {
	type: Type;
	/**
	 * One per event, the same when HeyGen delivers it again: what to recognise a duplicate by. From the body, else from
	 * `Heygen-Event-Id`, which is not signed.
	 */
	eventId: string | undefined;
	/** When it happened, as HeyGen writes it: ISO 8601. */
	createdAt: string | undefined;
	data: Data;
	/** The whole body as HeyGen sent it, in the API's spelling. */
	raw: Readonly<Record<string, unknown>>;
}

/** A video is completed. Its links end; to keep the file, fetch the video or use `VideoFile`. */
export type AvatarVideoSuccess = EventOf<"avatar_video.success", AvatarVideoSuccessData>;

/** A render failed; HeyGen does not charge it. */
export type AvatarVideoFail = EventOf<"avatar_video.fail", AvatarVideoFailData>;

/** Any other event; `data` is as HeyGen sent it. */
export type OtherWebhookEvent = EventOf<OtherWebhookEventType, Readonly<Record<string, unknown>>>;

/** `switch (event.type)` narrows it; its `default` is for what this version does not know. */
export type WebhookEvent = AvatarVideoSuccess | AvatarVideoFail | OtherWebhookEvent;

export interface AvatarVideoSuccessData {
	videoId: string;
	/** Presigned: whoever has it can fetch the video until it ends. */
	url: string | undefined;
	gifDownloadUrl: string | undefined;
	videoPageUrl: string | undefined;
	videoSharePageUrl: string | undefined;
	folderId: string | undefined;
	callbackId: string | undefined;
}

export interface AvatarVideoFailData {
	videoId: string;
	/** HeyGen's word for the cause, where it sends one. */
	code: string | undefined;
	/** HeyGen's text on the cause, where it sends one. */
	message: string | undefined;
	callbackId: string | undefined;
}

type Ended<Job extends string> = `${Job}.success` | `${Job}.fail`;

/**
 * The other event types known in July 2026. HeyGen adds some every few months, and one that is not listed here comes
 * through all the same: it reaches the `default` of a `switch`. A plain `string` in this place would take the narrowing
 * from the types above; to compare with a type that is not listed, read it as one: `const type: string = event.type`.
 */
export type OtherWebhookEventType =
	| Ended<
			| "avatar_video_caption"
			| "avatar_video_gif"
			| "ai_clipping"
			| "hyperframes_video"
			| "instant_avatar"
			| "live_avatar"
			| "photo_avatar_add_motion"
			| "photo_avatar_generation"
			| "photo_avatar_train"
			| "proofread_creation"
			| "video_agent"
			| "video_translate"
	  >
	| "video_translate.preflight.validation_failed"
	| "video_translate.preflight.download_failed"
	| "personalized_video"
	| "batch.finished";
