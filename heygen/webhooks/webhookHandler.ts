import type { IncomingMessage, ServerResponse } from "node:http";
import { checkOptions, type WebhookHandlerOptions } from "./handlerOptions.ts";
import { nodeHandler } from "./node/nodeHandler.ts";
import { webHandler } from "./web/webHandler.ts";

/** One receiver, in two forms; both answer every request that they get, so give them a path of their own. */
export interface WebhookHandler {
	/** For `node:http` and Express: `createServer(handler.node)`, `app.post("/heygen", handler.node)`. Never rejects. */
	node: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
	/** For the web standard: `export const POST = handler.fetch`, `(c) => handler.fetch(c.req.raw)`. */
	fetch: (request: Request) => Promise<Response>;
}

/**
 * Receives webhooks: 204 when `onEvent` is done, 200 for a duplicate, 500 when `onEvent` throws, 401 for a signature that
 * is missing or wrong and for a stale request, 400 for a body that is no event, 413, 415 and 405 for what is no webhook.
 * Throws a `TypeError` when an option is wrong.
 */
export function webhookHandler(options: WebhookHandlerOptions): WebhookHandler {
	checkOptions(options);
	return { node: nodeHandler(options), fetch: webHandler(options) };
}
