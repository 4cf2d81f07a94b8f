import type { WebhookHandlerOptions } from "../handlerOptions.ts";
import { receiveWebhook } from "../receiveWebhook.ts";
import { readBody } from "./readBody.ts";

/** A handler for whatever speaks the web standard's `Request` and `Response`. */
export function webHandler(options: WebhookHandlerOptions) {
	return async (request: Request): Promise<Response> => {
		const { method, headers } = request;
		const readRequest = (mostBytes: number) => readBody(request, mostBytes);
		const answer = await receiveWebhook({ method, headers, readBody: readRequest }, options);
		return new Response(answer.body || null, { status: answer.status, headers: answer.headers });
	};
}
