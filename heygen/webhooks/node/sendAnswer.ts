import type { IncomingMessage, ServerResponse } from "node:http";
import type { WebhookAnswer } from "../receiveWebhook.ts";

/**
 * Ends the connection too when the request has not been read to its end. Sends nothing when a time limit of the
 * framework's has answered already.
 */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: WebhookAnswer): void {
	if (response.headersSent) return;
	if (!request.complete) response.shouldKeepAlive = false;
	response.statusCode = answer.status;
	response.setHeaders(new Map(Object.entries(answer.headers)));
	response.end(answer.body);
}
