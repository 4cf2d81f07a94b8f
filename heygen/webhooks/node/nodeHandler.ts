import type { IncomingMessage, ServerResponse } from "node:http";
import type { WebhookHandlerOptions } from "../handlerOptions.ts";
import { receiveWebhook } from "../receiveWebhook.ts";
import { readBody } from "./readBody.ts";
import { sendAnswer } from "./sendAnswer.ts";

/** A listener for `node:http`, Express and whatever has the same kind of request. Answers every request itself, and never rejects. */
export function nodeHandler(options: WebhookHandlerOptions) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		try {
			const { method = "", headers } = request;
			const readRequest = (mostBytes: number) => readBody(request, mostBytes);
			const answer = await receiveWebhook({ method, headers, readBody: readRequest }, options);
			sendAnswer(request, response, answer);
		} catch {
			sendAnswer(request, response, { status: 500, headers: {}, body: "" });
		}
	};
}
