import type { MiddlewareHandler } from "hono";
import type { EmulatorClock } from "./clock.ts";
import { type Env, isForm, routeOf } from "./http.ts";
import type { RecordedRequest } from "./options.ts";

const MAX_REQUESTS = 10_000;
const MAX_BODY = 256 * 1024;

/** Remembers the latest 10,000 requests of the API and of files; the control routes are not among them. */
export interface Recorder {
	readonly middleware: MiddlewareHandler<Env>;
	/** In the order of their answers. */
	requests(): RecordedRequest[];
	clear(): void;
}

export function recorder(
	clock: EmulatorClock,
	onRequest: (request: RecordedRequest) => void = () => {},
): Recorder {
	let kept: RecordedRequest[] = [];
	return {
		requests: () => [...kept],
		clear: () => {
			kept = [];
		},
		async middleware(c, next) {
			const at = clock.now();
			await next();
			const { pathname, search } = new URL(c.req.url);
			const request: RecordedRequest = {
				method: c.req.method,
				path: pathname + search.replace(/(Signature=)[^&]*/, "$1…"),
				route: routeOf(c),
				body: isForm(c) ? null : parsed(c.get("body")),
				idempotencyKey: c.req.header("idempotency-key") ?? null,
				status: c.get("cut") ? null : c.res.status,
				at,
			};
			kept.push(request);
			if (kept.length > MAX_REQUESTS) kept.shift();
			onRequest(request);
		},
	};
}

function parsed(body: Buffer | undefined): unknown {
	if (body === undefined || body.length === 0 || body.length > MAX_BODY) return null;
	const text = body.toString();
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
