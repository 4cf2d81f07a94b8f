/**
 * For a web service that receives HeyGen's webhooks: verify, parse, answer. Needs nothing but Node; not Pulumi.
 *
 * @packageDocumentation
 */
export { createTestWebhook, type TestWebhook, type TestWebhookOptions } from "./createTestWebhook.ts";
export * from "./errors.ts";
export type * from "./events.ts";
export type { WebhookHandlerOptions } from "./handlerOptions.ts";
export type { WebhookHeaders } from "./headers.ts";
export { parseWebhookEvent } from "./parseWebhookEvent.ts";
export {
	receiveWebhook,
	type WebhookAnswer,
	type WebhookRequest,
} from "./receiveWebhook.ts";
export type { WebhookSecrets } from "./secrets.ts";
export type { WebhookBody } from "./signature.ts";
export { type VerifyWebhookOptions, verifyWebhook } from "./verifyWebhook.ts";
export { type WebhookHandler, webhookHandler } from "./webhookHandler.ts";
