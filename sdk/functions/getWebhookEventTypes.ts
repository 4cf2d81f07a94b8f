import * as pulumi from "@pulumi/pulumi";
import type { FunctionOptions } from "./options.ts";

/** A word for `events` of a webhook endpoint. */
export interface WebhookEventType {
	/** Such as `avatar_video.success`. */
	eventType: string;
	/** When it is sent, in HeyGen's words. */
	description: string | undefined;
}

/**
 * Every event that a webhook endpoint can listen for today, in HeyGen's order; the list grows. Asked once a run. Also runs
 * in previews.
 *
 * @throws a `pulumi.RunError` for a missing or wrong key
 */
export async function getWebhookEventTypes(options: FunctionOptions = {}): Promise<WebhookEventType[]> {
	const { answerWebhookEventTypes } = await import("./answers/webhookEventTypes.ts");
	return answerWebhookEventTypes({}, options);
}

/** {@link getWebhookEventTypes} as an output. */
export function getWebhookEventTypesOutput(options: FunctionOptions = {}): pulumi.Output<WebhookEventType[]> {
	return pulumi.output(getWebhookEventTypes(options));
}
