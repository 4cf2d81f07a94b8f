import { WebhookError } from "./errors.ts";

/** A refused request in one line; an error of the service's own as it is, with its stack. */
export function reportProblem(error: unknown): void {
	const about = error instanceof WebhookError ? `${error.name}: ${error.message}` : error;
	// biome-ignore lint/suspicious/noConsole: a service's log is its standard error until `onError` names another
	console.error("HeyGen webhook:", about);
}
