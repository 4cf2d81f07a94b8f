import { WebhookError } from "./errors.ts";
import type { WebhookEvent } from "./events.ts";
import { checkOptions, type WebhookHandlerOptions } from "./handlerOptions.ts";
import { headerOf, type WebhookHeaders } from "./headers.ts";
import { parseWebhookEvent } from "./parseWebhookEvent.ts";
import { reportProblem } from "./reportProblem.ts";
import type { WebhookBody } from "./signature.ts";
import { DEFAULT_MAX_BODY_BYTES, tooLarge } from "./tooLarge.ts";
import { verifyWebhook } from "./verifyWebhook.ts";

/** A request as any server has it. */
export interface WebhookRequest {
	method: string;
	headers: WebhookHeaders;
	/** Reads the raw body, or rejects with `BodyTooLarge` as soon as it is longer than `mostBytes`. */
	readBody(mostBytes: number): Promise<WebhookBody>;
}

export interface WebhookAnswer {
	status: number;
	headers: Record<string, string>;
	/** Empty, or JSON. */
	body: string;
}

/** What `webhookHandler` is made of, for servers with another kind of request. Rejects with a `TypeError` when an option is wrong. */
export async function receiveWebhook(
	request: WebhookRequest,
	options: WebhookHandlerOptions,
): Promise<WebhookAnswer> {
	checkOptions(options);
	const { onEvent, isDuplicate, onError = reportProblem } = options;
	const tell = (error: unknown) => attempt(() => onError(error));
	if (request.method === "OPTIONS") return answer(204, undefined, ALLOW);
	if (request.method !== "POST") return answer(405, "method_not_allowed", ALLOW);
	if (!isJson(request.headers)) return answer(415, "unsupported_media_type");

	let event: WebhookEvent;
	try {
		event = await verifiedEvent(request, options);
	} catch (error) {
		tell(error);
		return error instanceof WebhookError ? answer(error.status, error.code) : answer(400, "body_broke_off");
	}
	try {
		const { eventId } = event;
		if (isDuplicate && eventId !== undefined && (await isDuplicate(eventId, event))) return answer(200);
		await onEvent(event);
		return answer(204);
	} catch (error) {
		tell(error);
		return answer(500, "internal_error");
	}
}

/** The sender gets its answer whatever a service's own reporting does. */
function attempt(report: () => unknown): void {
	Promise.resolve()
		.then(report)
		.catch(() => {});
}

const ALLOW = { Allow: "POST, OPTIONS" };

function answer(status: number, error?: string, headers: Record<string, string> = {}): WebhookAnswer {
	if (error === undefined) return { status, headers, body: "" };
	return {
		status,
		headers: { ...headers, "Content-Type": "application/json" },
		body: JSON.stringify({ error }),
	};
}

/** Of a request without a `Content-Type` the signature decides. */
function isJson(headers: WebhookHeaders): boolean {
	const type = headerOf(headers, "content-type") ?? "application/json";
	return /^application\/json\s*(;|$)/i.test(type);
}

async function verifiedEvent(request: WebhookRequest, options: WebhookHandlerOptions): Promise<WebhookEvent> {
	const { headers } = request;
	const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES, secrets, maxAgeSeconds, now } = options;
	if (Number(headerOf(headers, "content-length")) > maxBodyBytes) throw tooLarge(maxBodyBytes);
	const body = await request.readBody(maxBodyBytes);
	if (Buffer.byteLength(body) > maxBodyBytes) throw tooLarge(maxBodyBytes);
	verifyWebhook({ body, headers, secrets, maxAgeSeconds, now });
	return parseWebhookEvent(body, headers);
}
