import type { MiddlewareHandler } from "hono";
import { isForm } from "./body.ts";
import type { EmulatorClock } from "./clock.ts";
import { type Env, routeOf } from "./http.ts";
import { jsonFrom } from "./json.ts";
import type { RecordedRequest } from "./options.ts";

const MAX_REQUESTS = 10_000;
const MAX_BODY = 256 * 1024;
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** Remembers the latest requests of the API and of files, up to 10,000; the control routes are not among them. */
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
	let kept: { readonly request: RecordedRequest; readonly characters: number }[] = [];
	let characters = 0;

	const keep = (request: RecordedRequest, bodyText: string | null) => {
		const size = request.path.length + (request.idempotencyKey?.length ?? 0) + (bodyText?.length ?? 0);
		kept.push({ request, characters: size });
		characters += size;
		while (kept.length > MAX_REQUESTS || characters > MAX_CHARACTERS) {
			characters -= kept.shift()?.characters ?? 0;
		}
	};

	return {
		requests: () => kept.map(({ request }) => request),
		clear: () => {
			kept = [];
			characters = 0;
		},
		async middleware(c, next) {
			const at = clock.now();
			await next();
			const { pathname, search } = new URL(c.req.url);
			const bodyText = isForm(c) ? null : textOf(c.get("body"));
			const request: RecordedRequest = {
				method: c.req.method,
				path: pathname + search.replace(/(Signature=)[^&]*/, "$1…"),
				route: routeOf(c),
				/** Parsed when it is read: as a value a body may take many times its size. */
				get body() {
					return bodyText === null ? null : jsonOrText(bodyText);
				},
				idempotencyKey: c.req.header("idempotency-key") ?? null,
				status: c.get("cut") ? null : c.res.status,
				at,
			};
			keep(request, bodyText);
			onRequest(request);
		},
	};
}

function textOf(body: Buffer | undefined): string | null {
	return body === undefined || body.length === 0 || body.length > MAX_BODY ? null : body.toString();
}

function jsonOrText(text: string): unknown {
	try {
		return jsonFrom(Buffer.from(text));
	} catch {
		return text;
	}
}
